import { describe, expect, it } from "vitest";
import type { Caller } from "../../../src/core/context.ts";
import { button, controls, press, privately, reply, text } from "../../../src/core/reply.ts";
import { bits } from "../../harness/discord/permissions.ts";
import { command, stage } from "./fixture.ts";

function noting() {
  const callers: Caller[] = [];
  const who = command({
    name: "who",
    run(_, { services: _services, ...caller }) {
      callers.push(caller);
      return reply(text("Noted."));
    },
  });
  return { callers, who };
}

describe("what a Discord caller is", () => {
  it("comes with the ids of their roles, however they speak", async () => {
    const { callers, who } = noting();
    const { discord, restart } = await stage([who]);
    const { world } = discord;
    const tutor = discord.as("Tutor");
    // A role that moderates nothing by itself.
    world.guild.members.set(tutor.user.id, bits.view | bits.send | bits.useCommands);
    await restart();
    await tutor.slash("who").answer();
    const role = String(BigInt(tutor.user.id) + 1n);
    await tutor.answerTo(tutor.mention("who"));
    for (const { person } of callers) expect(person.roles).toContain(role);
    expect(callers.map(({ person }) => person.moderator)).toEqual([false, false]);
    await discord.as("Ada").slash("who").answer();
    expect(callers[2]?.person.roles).not.toContain(role);
  });

  it("tells whether an answer is private, and whether the bot may post here", async () => {
    const { callers, who } = noting();
    const { discord } = await stage([who]);
    const ada = discord.as("Ada");
    await ada.slash("who").answer();
    expect(callers[0]).toMatchObject({ private: true, mute: false });
    await ada.answerTo(ada.mention("who"));
    expect(callers[1]?.private).not.toBe(true);
    discord.world.study.denied = bits.send;
    await ada.slash("who").answer();
    expect(callers[2]).toMatchObject({ private: true, mute: true });
  });

  it("tells which message was pressed, the same for each press of it", async () => {
    const { callers, who } = noting();
    const offer = command({ name: "offer", run: () => reply(text("Press."), controls(button("Who", press("who")))) });
    const { discord } = await stage([who, offer]);
    const ada = discord.as("Ada");
    const { message } = await ada.slash("offer").answer();
    await ada.press(message, "Who").answer();
    await ada.press(message, "Who").answer();
    await ada.slash("who").answer();
    expect(callers.map((caller) => caller.message)).toEqual([message.id, message.id, undefined]);
    expect(new Set(callers.map(({ event }) => event)).size).toBe(3);
  });
});

describe("a command whose answer replaces the pressed one", () => {
  it("changes the private message, whichever command it came from, and leaves public ones alone", async () => {
    const share = command({
      name: "share",
      hidden: true,
      replaces: true,
      run: () => privately(reply(text("Shared."))),
    });
    const offer = reply(text("An answer."), controls(button("Share here", press("share"))));
    const { discord } = await stage([command({ name: "show", run: () => privately(offer) }), share]);
    const ada = discord.as("Ada");
    const first = await ada.slash("show").answer();
    const after = await ada.press(first.message, "Share here").answer();
    expect(after.message).toBe(first.message);
    expect(after).toMatchObject({ text: "Shared.", buttons: [], private: true });
  });
});
