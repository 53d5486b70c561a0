import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mayShare, sharePress } from "../../src/answers/share-press.ts";
import type { Context } from "../../src/core/context.ts";
import { press } from "../../src/core/reply.ts";
import { controlsOf, here, openWorld, textOf, type World } from "../quiz/world.ts";
import { createClock, freshFolder } from "../store/places.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld(await freshFolder(), createClock());
});
afterEach(() => world.kill());

const share = press("share", { of: "image-tags.writable-layer", level: "beginner" });
const labels = (reply: Awaited<ReturnType<World["run"]>>) =>
  controlsOf(reply).map((control) => ("label" in control ? control.label : ""));

describe("sharing an answer", () => {
  it("posts it once, whoever presses how often, and takes the button away", async () => {
    const first = await world.run("Ada", share, { message: "aaaaaaaa" });
    expect(first.audience).toBe("asker");
    expect(textOf(first)).toContain("Everybody here can see it now.");
    expect(labels(first)).not.toContain("Share here");
    const again = await world.run("Ada", share, { message: "aaaaaaaa" });
    expect(textOf(again)).toContain("shared here already");
    await Promise.all([
      world.run("Lin", share, { message: "bbbbbbbb" }),
      world.run("Lin", share, { message: "bbbbbbbb" }),
    ]);
    expect(world.messages().map(({ reply, place }) => [place.channel, textOf(reply).split("\n")[0]])).toEqual([
      ["oven", "_Asked by Ada_"],
      ["oven", "_Asked by Lin_"],
    ]);
  });

  it("says so where the bot cannot post, and keeps the answer", async () => {
    world.gone.add("oven");
    const lost = textOf(await world.run("Ada", share, { message: "cccccccc" }));
    expect(lost).toContain("I cannot post in this channel");
    expect(lost).toContain("What image tags are.");
    expect(world.messages()).toEqual([]);
  });

  it("waits with what an open quiz question is about", async () => {
    await world.say("Mod", "quiz host topic:image-tags questions:1");
    await world.press("Mod", "Open question 1");
    const before = world.messages().length;
    const later = await world.run("Ada", share, { message: "dddddddd" });
    expect(textOf(later)).toContain("Share it after the reveal");
    expect(labels(later)).toContain("Share here");
    expect(world.messages().length).toBe(before);
  });

  it("never reads a question as its command", async () => {
    expect(textOf(await world.say("Ada", "share files between two containers"))).not.toContain("share files");
  });
});

describe("the button", () => {
  const offered = (more: Partial<Context>, audience?: "asker" | "channel") =>
    mayShare({ ...world.caller("Ada", here, "e1"), ...more } as Context, audience);

  it("is under answers that only their asker sees, where others are and the bot can post", () => {
    expect(offered({}, "asker")).toBe(true);
    expect(offered({ private: true })).toBe(true);
    expect(offered({})).toBe(false);
    expect(offered({ private: true }, "channel")).toBe(false);
    expect(offered({ private: true, mute: true })).toBe(false);
    expect(offered({ private: true, place: { ...here, direct: true } })).toBe(false);
  });

  it("is left out when it would not fit into a control", () => {
    expect(sharePress({ concepts: ["image-tags"], level: "beginner" })?.options).toMatchObject({ of: "image-tags" });
    expect(sharePress({ concepts: ["x".repeat(60), "y".repeat(60)], level: "deeper" })).toBeUndefined();
  });
});
