import { describe, expect, it, vi } from "vitest";
import { createApp } from "../../../src/core/dispatch.ts";
import { type Log, silentLog } from "../../../src/core/log.ts";
import { createDiscord } from "../../../src/platforms/discord/discord.ts";
import { startFakeDiscord } from "../../harness/discord/fake-discord.ts";
import { counting, quickClient, stage } from "./fixture.ts";

describe("the connection to Discord", () => {
  it("answers what came while its socket was cut, after RESUME", async () => {
    const { ask, asked } = counting();
    const { discord } = await stage([ask]);
    const ada = discord.as("Ada");
    discord.gateway.cut();
    const mention = ada.mention("in between");
    const pressed = ada.slash("ask", { question: "too" });
    pressed.exchange.excused = true;
    expect((await ada.answerTo(mention)).text).toBe("You asked: in between");
    await pressed.answer();
    expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
    discord.gateway.reconnect();
    await discord.world.until(() => discord.gateway.counts.resumed === 2);
    expect((await ada.answerTo(ada.mention("after"))).text).toBe("You asked: after");
    expect(asked.sort()).toEqual(["after", "in between", "too"]);
  });

  it("comes back after refused connections and a dead line", async () => {
    const { ask } = counting();
    const { discord } = await stage([ask], { fake: { heartbeat: 300 } });
    const ada = discord.as("Ada");
    discord.gateway.refuse(2);
    discord.gateway.cut();
    expect((await ada.answerTo(ada.mention("hello"))).text).toBe("You asked: hello");
    discord.gateway.mute(true);
    await discord.world.until(() => discord.gateway.counts.resumed + discord.gateway.counts.identified >= 3);
    discord.gateway.mute(false);
    expect((await ada.answerTo(ada.mention("still there?"))).text).toBe("You asked: still there?");
  });

  it("acts once on events that are delivered twice", async () => {
    const { ask, asked } = counting();
    const { discord } = await stage([ask]);
    const ada = discord.as("Ada");
    await ada.slash("ask", { question: "once" }, { copies: 2 }).answer();
    const mention = ada.say(`<@${discord.world.bot.id}> what about this?`, { copies: 3 });
    await ada.answerTo(mention);
    ada.tellAgain(mention);
    await ada.answerTo(ada.mention("end"));
    expect(asked).toEqual(["once", "what about this?", "end"]);
  });

  it("registers its commands later when Discord does not take them at the start, and says so", async () => {
    const { ask } = counting();
    const fake = await startFakeDiscord();
    const logged: string[] = [];
    const keep = (event: string) => void logged.push(event);
    const log: Log = { ...silentLog, info: keep, warn: keep, error: keep };
    fake.fail({ path: /\/applications\/\d+\/commands$/, method: "GET", with: 403, times: 2 });
    fake.fail({ path: /\/applications\/\d+\/commands$/, method: "PUT", with: 403, times: 1 });
    const platform = createDiscord({
      token: fake.token,
      apiUrl: fake.apiUrl,
      log,
      client: quickClient,
      registerPauses: [10],
    });
    await platform.start(createApp({ commands: [ask], services: {} as never, now: Date.now, log: silentLog }));
    const ada = fake.as("Ada");
    await fake.world.until(() => fake.registered.length > 0, "registered commands");
    expect((await ada.slash("ask", { question: "now?" }).answer()).text).toBe("You asked: now?");
    expect(fake.commandWrites()).toBe(1);
    expect(logged.filter((event) => /not registered; they are tried again/.test(event)).length).toBe(3);
    await vi.waitFor(() => expect(logged).toContain("discord commands registered"));
    await platform.stop();
    expect(fake.verdict()).toEqual([]);
    await fake.stop();
  });

  it("stops while commands wait to be registered", async () => {
    const { ask } = counting();
    const fake = await startFakeDiscord();
    fake.fail({ path: /\/commands$/, method: "GET", with: 403, times: 1000 });
    const platform = createDiscord({ token: fake.token, apiUrl: fake.apiUrl, log: silentLog, client: quickClient });
    await platform.start(createApp({ commands: [ask], services: {} as never, now: Date.now, log: silentLog }));
    await platform.stop();
    expect(fake.commandWrites()).toBe(0);
    await fake.stop();
  });
});
