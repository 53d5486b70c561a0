import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import command from "../../commands/doctor.ts";
import { fail, warn } from "../../src/core/checks/finding.ts";
import type { Services } from "../../src/core/context.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import { directoryOf } from "../../src/core/platform-kind.ts";
import type { Reply } from "../../src/core/reply.ts";
import { createDoctor, type Doctor } from "../../src/doctor/doctor.ts";
import { platforms } from "../../src/platforms/index.ts";
import { type FakeDiscord, startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { bits } from "../harness/discord/permissions.ts";
import { textOf } from "../quiz/world.ts";

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord();
  vi.stubEnv("DISCORD_TOKEN", discord.token);
  vi.stubEnv("DISCORD_API_URL", discord.apiUrl);
  vi.stubEnv("DOCKER_HOST", "unix:///nowhere/of/the/host.sock");
  vi.stubEnv("DATA_DIR", mkdtempSync(join(tmpdir(), "bakehouse-")));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await discord.stop();
});

async function ask(doctor: Doctor | undefined, { moderator = true, hosts = new Set<string>() } = {}): Promise<Reply[]> {
  const app = createApp({
    commands: [command],
    services: { ...(doctor && { doctor }), platforms: directoryOf(platforms) } as Services,
    now: Date.now,
    log: silentLog,
    hosts,
  });
  const caller = {
    person: { id: "discord:1", name: "Ada", moderator },
    place: { platform: "discord", workspace: discord.world.guild.id, channel: discord.world.study.id },
    locale: "en-GB",
    event: "discord:interaction:1",
  };
  const replies: Reply[] = [];
  for await (const one of app.dispatch({ command: "doctor", options: {}, caller })) replies.push(one);
  return replies;
}

describe("the doctor in chat", () => {
  it("tells moderators what is wrong here in full, what is wrong with the host in short, and nothing of other servers", async () => {
    const { world } = discord;
    world.study.denied = bits.attach;
    world.addChannel({ type: 0, name: "secret-plans", guild: world.addGuild("Other School") }).denied = bits.attach;
    const replies = await ask(createDoctor({ log: silentLog }));
    expect(replies.every(({ audience }) => audience === "asker")).toBe(true);
    const said = textOf(replies.at(-1) as Reply);
    expect(said).toContain("in #study of Cooking School the bot lacks Attach Files");
    expect(said).toContain("Right-click #study, Edit Channel");
    expect(said).toMatch(/To mend: docker[\s\S]*The host can see more/);
    expect(said).toMatch(/Well:.* store/);
    for (const hidden of ["Other School", "secret-plans", "host.sock", discord.token])
      expect(said).not.toContain(hidden);
  });

  it("tells moderators nothing of the host's tokens, settings and paths, and hosts all of it", async () => {
    const findings = [
      fail("discord application", "the application is Oven-42", "People cannot add it.", "Open Oven-42's settings."),
      fail("discord commands", "/bake of Oven-42 is missing", "People do not see it.", "Restart Oven-42."),
      fail("store", "/srv/oven-42 is full", "Nothing is kept.", "Make room in /srv/oven-42."),
      warn("slack scopes", "oven-42 lacks files:write", "Pictures are missing.", "Add it to oven-42."),
    ];
    const doctor = { look: async () => findings };
    const short = textOf((await ask(doctor)).at(-1) as Reply);
    expect(short).not.toMatch(/oven-42/i);
    expect(short).toContain("Nothing is kept.");
    const full = textOf((await ask(doctor, { hosts: new Set(["discord:1"]), moderator: false })).at(-1) as Reply);
    for (const { found, mend } of findings as { found: string; mend: string }[]) {
      expect(full).toContain(found);
      expect(full).toContain(mend);
    }
  });

  it("looks once for everybody who asks within a minute, and again after that", async () => {
    let time = Date.now();
    const doctor = createDoctor({ log: silentLog, now: () => time });
    const place = { platform: "slack", workspace: "T1", channel: "C1" };
    const first = doctor.look(place);
    expect(doctor.look({ ...place, workspace: "T2" })).toBe(first);
    time += 61_000;
    expect(doctor.look(place)).not.toBe(first);
    await doctor.look(place);
    expect((await first)?.some(({ name }) => name === "discord channels")).toBe(false);
  });

  it("says so when it could not look, or when there is nobody to look", async () => {
    expect(textOf((await ask({ look: async () => null })).at(-1) as Reply)).toContain("could not look");
    expect(textOf((await ask(undefined)).at(-1) as Reply)).toContain("npm run doctor");
  });

  it("is for moderators only", async () => {
    const [refused] = await ask({ look: () => Promise.reject(new Error("must not look")) }, { moderator: false });
    expect(textOf(refused as Reply)).toContain("Only instructors and moderators");
  });
});
