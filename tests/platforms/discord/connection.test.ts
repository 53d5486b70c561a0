import { describe, expect, it } from "vitest";
import { counting, stage } from "./fixture.ts";

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
});
