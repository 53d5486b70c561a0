import type { Client } from "discord.js";
import { LRUCache } from "lru-cache";
import { drawnOnce } from "../../../core/drawn-once.ts";
import type { App, Invocation } from "../../../core/platform.ts";
import type { Reply } from "../../../core/reply.ts";
import { type Look, type Payload, render } from "../draw/render.ts";
import type { Menu } from "../intake/menus.ts";
import { limits } from "../limits.ts";
import type { Api } from "../transport/api.ts";
import type { createKeptAnswers } from "./kept-answers.ts";

/** What handling an event needs. */
export interface Session {
  app: App;
  api: Api;
  client: Client<true>;
  menus: readonly Menu[];
  kept: ReturnType<typeof createKeptAnswers>;
  titles: ModalTitles;
  /** The ids of the registered commands by their names; empty until they are registered. */
  ids: Map<string, string>;
  /** Aborted when the platform stops. */
  signal: AbortSignal;
  /** Set while the platform stops: nothing new is begun. */
  stopping(): boolean;
  /** Why the person has to wait before this is done, in seconds; null when they need not. `first` is true once per wait. */
  wait(person: string): Promise<{ seconds: number; first: boolean } | null>;
  /** True the first time a command is run: parts are made when they are first needed, which may take longer than Discord waits. */
  firstUse(command: string): boolean;
  /** Says once in a while that something was missed in that channel. */
  notice(channel: string, event: string): Promise<void>;
  draw(reply: Reply, look: Look): Payload;
}

/** The titles of modals, which do not fit into a `custom_id`. After a restart the button's label is used. */
export interface ModalTitles {
  of(id: string): string | undefined;
}

/** Draws replies and remembers the titles of the modals they offer, the latest ones only. */
export function createDrawer() {
  const titles = new LRUCache<string, string>({ max: limits.kept });
  // A card is the same reply for everybody who asks, see tutor/answer.ts, and there are few looks.
  const drawers = new LRUCache<string, (reply: Reply) => Payload>({ max: limits.kept });
  const drawerOf = (look: Look) => {
    const key = `${look.origin} ${look.fileBytes}`;
    const drawer = drawers.get(key) ?? drawnOnce((reply: Reply) => render(reply, look));
    drawers.set(key, drawer);
    return drawer;
  };
  return {
    titles: { of: (id: string) => titles.get(id) } satisfies ModalTitles,
    draw(reply: Reply, look: Look): Payload {
      const payload = drawerOf(look)(reply);
      for (const { id, control } of payload.asks) titles.set(id, control.title);
      return payload;
    },
  };
}

/** The replies to an invocation, closed when the platform stops. */
export function dispatch({ app, signal }: Session, invocation: Invocation): AsyncIterable<Reply> {
  return app.dispatch(invocation, signal);
}
