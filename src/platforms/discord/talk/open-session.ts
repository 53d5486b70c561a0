import type { Client } from "discord.js";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { App } from "../../../core/platform.ts";
import { render } from "../draw/render.ts";
import type { Menu } from "../intake/menus.ts";
import { limits } from "../limits.ts";
import { createApi } from "../transport/api.ts";
import { createKeptAnswers } from "./kept-answers.ts";
import { say, sentences } from "./sentences.ts";
import { createDrawer, type Session } from "./session.ts";

/** Everything events are handled with, for one connected client. */
export function openSession(
  app: App,
  client: Client<true>,
  menus: readonly Menu[],
  { points, seconds }: { points: number; seconds: number },
  life: Pick<Session, "signal" | "stopping">,
): Session {
  const api = createApi(client.rest);
  const perPerson = new RateLimiterMemory({ points, duration: seconds });
  const notices = new RateLimiterMemory({ points: 1, duration: limits.noticeEvery / 1000 });
  const used = new Set<string>();
  return {
    app,
    api,
    client,
    menus,
    kept: createKeptAnswers(),
    ids: new Map(),
    ...createDrawer(),
    ...life,
    firstUse(command) {
      if (used.has(command)) return false;
      used.add(command);
      return true;
    },
    async wait(person) {
      try {
        await perPerson.consume(person);
        return null;
      } catch (full) {
        if (!(full instanceof RateLimiterRes)) throw full;
        const first = full.consumedPoints === points + 1;
        return { seconds: Math.max(1, Math.ceil(full.msBeforeNext / 1000)), first };
      }
    },
    async notice(channel, event) {
      try {
        await notices.consume(channel);
        await api.send(channel, render(say(sentences.missed)), { key: `notice:${event}`, silent: true });
      } catch (error) {
        if (error instanceof RateLimiterRes) return;
        app.log.info("notice not posted", { channel, error: String(error) });
      }
    },
  };
}
