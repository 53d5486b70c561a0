import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineCommand } from "../../src/core/command.ts";
import type { Caller, Services } from "../../src/core/context.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { UserError } from "../../src/core/errors.ts";
import type { Log } from "../../src/core/log.ts";
import { silentLog } from "../../src/core/log.ts";
import { type Reply, reply, text } from "../../src/core/reply.ts";
import { leftoverOption } from "../../src/core/text.ts";

const caller = (moderator = false): Caller => ({
  person: { id: "test:ada", name: "ada", moderator },
  place: { platform: "test", workspace: "w", channel: "c" },
  locale: "en",
  event: "test:1",
});

const commands = [
  defineCommand({
    name: "count",
    summary: "Counts",
    options: z.object({ to: z.coerce.number().int().max(9).describe("How far to count") }),
    examples: ["count to:3"],
    async *run({ to }) {
      for (let at = 1; at <= to; at++) yield reply(text(String(at)));
    },
  }),
  defineCommand({
    name: "crash",
    summary: "Crashes",
    options: z.object({}),
    run: () => {
      throw new TypeError("secret detail");
    },
  }),
  defineCommand({
    name: "refuse",
    summary: "Refuses",
    options: z.object({}),
    run: () => {
      throw new UserError("Not now. Try at noon.");
    },
  }),
  defineCommand({
    name: "close",
    summary: "Closes",
    options: z.object({}),
    moderator: true,
    run: () => reply(text("closed")),
  }),
];

commands.push(
  defineCommand({
    name: "pick",
    summary: "Picks",
    options: z.object({ one: z.string() }),
    complete: {
      one: async (typed) => Array.from({ length: 30 }, (_, at) => ({ label: `${typed}${at}`, value: `${at}` })),
    },
    run: () => reply(text("picked")),
  }),
);

function appWith(log: Log = silentLog) {
  return createApp({ commands, services: {} as Services, now: () => 0, log });
}

async function all(
  command: string,
  options: Record<string, unknown> = {},
  moderator = false,
  log?: Log,
): Promise<Reply[]> {
  return Array.fromAsync(appWith(log).dispatch({ command, options, caller: caller(moderator) }));
}

const said = (replies: Reply[]) =>
  replies.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "text" ? block.markdown : [])));

describe("dispatch", () => {
  it("yields whole replies, each replacing the one before", async () => {
    expect(said(await all("count", { to: "3" }))).toEqual(["1", "2", "3"]);
  });

  it("names a missing option in words, with an example", async () => {
    expect(said(await all("count"))).toEqual(["`count` needs how far to count. For example: `count to:3`."]);
  });

  it("names an option that does not fit", async () => {
    expect(said(await all("count", { to: "twelve" }))[0]).toMatch(/^`to` does not fit: /);
    expect(said(await all("count", { to: "12" }))[0]).toMatch(/^`to` does not fit: /);
  });

  it("names an unknown option and the nearest one", async () => {
    expect(said(await all("count", { too: "3" }))).toEqual(["`count` has no option `too`. Did you mean `to`?"]);
    expect(said(await all("count", { to: "3", [leftoverOption]: "\u001b[31mnow" }))[0]).toBe(
      "`count` does not know what to do with `[31mnow`. Type `help count` to see what it takes.",
    );
  });

  it("answers an unknown command with the nearest one", async () => {
    expect(said(await all("cuont"))).toEqual(["There is no command `cuont`. Did you mean `count`?"]);
  });

  it("shows a UserError as it is written, to the asker only", async () => {
    const [answer] = await all("refuse");
    expect(answer?.audience).toBe("asker");
    expect(said(answer ? [answer] : [])).toEqual(["Not now. Try at noon."]);
  });

  it("hides any other error behind a reference that the log has too", async () => {
    const logged: Record<string, unknown>[] = [];
    const log: Log = { ...silentLog, error: (_event, details) => void logged.push(details ?? {}) };
    const [shown] = said(await all("crash", {}, false, log));
    expect(shown).not.toContain("secret detail");
    expect(shown).toContain(String(logged[0]?.reference));
    expect(logged[0]?.error).toBeInstanceOf(TypeError);
  });

  it("offers at most the 25 completions that Discord shows, and none for what has none", async () => {
    const app = appWith();
    const offered = await app.complete("pick", "one", "n", caller());
    expect(offered.map(({ label }) => label)).toEqual(Array.from({ length: 25 }, (_, at) => `n${at}`));
    expect(await app.complete("pick", "constructor", "n", caller())).toEqual([]);
    expect(await app.complete("nothing", "one", "n", caller())).toEqual([]);
  });

  it("lets only moderators run a moderator's command", async () => {
    expect(said(await all("close"))[0]).toMatch(/^Only instructors and moderators/);
    expect(said(await all("close", {}, true))).toEqual(["closed"]);
  });
});
