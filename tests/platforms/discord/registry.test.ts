import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { type Bakehouse, createBakehouse } from "../../../src/app.ts";
import { readConfig } from "../../../src/config.ts";
import type { Log } from "../../../src/core/log.ts";
import { silentLog } from "../../../src/core/log.ts";
import { readText } from "../../../src/core/text.ts";
import { createDiscord } from "../../../src/platforms/discord/discord.ts";
import { menus } from "../../../src/platforms/discord/intake/menus.ts";
import { declare } from "../../../src/platforms/discord/transport/commands.ts";
import { type FakeDiscord, startFakeDiscord } from "../../harness/discord/fake-discord.ts";
import { flatten } from "../../harness/discord/message-rules.ts";
import { allPermissions } from "../../harness/discord/permissions.ts";
import { look, type Seen } from "../../harness/discord/seen.ts";
import { engine, testBase } from "../../harness/engine.ts";
import { quickClient } from "./fixture.ts";

const logged: string[] = [];
const log: Log = {
  ...silentLog,
  error: (event, details) =>
    void logged.push(
      `${event} ${JSON.stringify(details, (_, value) => (value instanceof Error ? value.stack : value))}`,
    ),
};
let discord: FakeDiscord;
let bakehouse: Bakehouse;
const create = () =>
  createDiscord({
    token: discord.token,
    apiUrl: discord.apiUrl,
    log,
    client: quickClient,
    throttle: { points: 10_000, seconds: 1 },
  });
let platform: ReturnType<typeof create>;

beforeAll(async () => {
  // Bot and Discord share a process here, and deadlines are not what this is about.
  discord = await startFakeDiscord({ ackMs: 30_000 });
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-discord-"));
  const { DOCKER_HOST } = process.env;
  // With an engine, the controls of sandboxes, labs and live runs are pressed too.
  bakehouse = await createBakehouse(
    readConfig({
      DATA_DIR: dataDir,
      ...(DOCKER_HOST && engine ? { DOCKER_HOST, CAKE_BASE: testBase } : { SANDBOX_TOTAL: "0" }),
    }),
    log,
  );
  platform = create();
  await bakehouse.start([platform]);
  await platform.start(bakehouse.app);
});

afterAll(async () => {
  await bakehouse.park();
  await platform.stop();
  await bakehouse.close();
  await discord.stop();
  expect({ verdict: discord.verdict(), logged }).toEqual({ verdict: [], logged: [] });
});

describe("Bakehouse's own commands on Discord", () => {
  it("are registered once, and not written again while nothing has changed", async () => {
    const shown = commands.filter(({ hidden }) => !hidden);
    const words = new Set(shown.map(({ name }) => name.split(" ")[0]));
    const names = discord.registered.map(({ body }) => body.name);
    expect([...names].sort()).toEqual([...words, "Explain this", "Quiz me on this"].sort());
    expect(discord.commandWrites()).toBe(1);
    await platform.stop();
    platform = create();
    await bakehouse.start([platform]);
    await platform.start(bakehouse.app);
    expect(discord.commandWrites()).toBe(1);
  });

  it("may be used where their reach says", () => {
    const byName = new Map(declare(commands, menus, true).map((one) => [one.name, one]));
    expect(byName.get("ask")).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] });
    expect(byName.get("quiz")).toMatchObject({ contexts: [0, 1, 2] });
    expect(byName.get("show")).toMatchObject({ contexts: [0], integration_types: [0] });
    expect(byName.get("insights")).toMatchObject({ default_member_permissions: "32" });
    expect(declare(commands, menus, false).some((one) => "contexts" in one)).toBe(false);
  });

  it("work in every example, and so does every control that they lead to", async () => {
    const seen = new Map<string, { seen: Seen; label: string; select: boolean }>();
    const tried = new Set<string>();
    const teacher = discord.as("Teacher");
    discord.world.guild.members.set(teacher.user.id, allPermissions);
    const collect = (one: Seen) => {
      for (const { custom_id, label, disabled, options } of flatten(one.message.components)) {
        if (!custom_id || disabled) continue;
        // What a control does depends on its command; the same command with other ids is the same control.
        const kind = custom_id.replace(/(=)[^&~]*/g, "$1");
        if (!tried.has(kind))
          seen.set(kind, { seen: one, label: label ?? options?.[0]?.label ?? "", select: options !== undefined });
      }
    };
    const examples = commands.flatMap(({ name, hidden, examples: given }) =>
      hidden ? [] : given?.length ? given : [name],
    );
    for (const example of examples) {
      const { command, options } = readText(example, commands);
      expect(command, example).not.toBe("suggest");
      const [word, sub] = command.split(" ");
      const body = discord.registered.find((one) => one.body.name === word)?.body;
      const within = body?.options?.find(({ type, name }) => type === 1 && name === (sub ?? "show"));
      const numbers = (within ?? body)?.options?.filter(({ type }) => type === 4).map(({ name }) => name) ?? [];
      const given = Object.fromEntries(
        Object.entries(options).map(([name, value]) => [name, numbers.includes(name) ? Number(value) : value]),
      );
      collect(await teacher.slash(within && !sub ? `${word} show` : command, given).answer());
    }
    for (let next = seen.entries().next().value; next; next = seen.entries().next().value) {
      const [kind, { seen: where, label, select }] = next;
      seen.delete(kind);
      tried.add(kind);
      if (!discord.world.messages.has(where.message.id) || (!look(where.message).buttons.includes(label) && !select))
        continue;
      const asked = select ? teacher.choose(where.message, label) : teacher.press(where.message, label);
      await discord.world.until(
        () => asked.exchange.modal ?? (asked.exchange.answer !== undefined && !asked.exchange.original?.loading),
        kind,
      );
      const done = asked.exchange.modal
        ? await (await teacher.submit(asked, "ls -la /")).answer()
        : await asked.answer();
      expect(done.text, kind).not.toMatch(/went wrong on my side|another version of me/);
      await bakehouse.settled();
      for (const one of teacher.sees()) collect(one);
      for (const thread of discord.world.channels.values())
        if (thread.type === 11) for (const one of teacher.sees(thread)) collect(one);
    }
    // Every command that only controls lead to, besides those that need an engine, has been reached.
    expect(tried.size).toBeGreaterThan(25);
    expect([...tried].some((kind) => kind.startsWith("v1:quiz answer"))).toBe(true);
    expect([...tried].some((kind) => kind.startsWith("v1:quiz pick"))).toBe(true);
  });

  it("say how to answer a question about any topic within one message", async () => {
    const lin = discord.as("Lin");
    for (const { id } of bakehouse.services.curriculum.current.concepts.values()) {
      const card = await lin.slash("concept", { name: id, level: "deeper" }).answer();
      expect(card.text.length, id).toBeGreaterThan(100);
      expect(card.files, id).not.toContain("whole-answer.txt");
    }
  });
});
