import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWorld, textOf, type World } from "../quiz/world.ts";
import { createClock, freshFolder } from "../store/places.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld(await freshFolder(), createClock());
});
afterEach(() => world.kill());

describe("the time zone of a daily question", () => {
  it("is the named one, else that of the person who plans it, else UTC", async () => {
    expect(textOf(await world.say("Kim", "quiz daily 09:00 Europe/Berlin"))).toContain("at 09:00 (Europe/Berlin)");
    expect(textOf(await world.say("Kim", "quiz daily 09:00"))).toContain("at 09:00 (Asia/Tokyo)");
    expect(textOf(await world.say("Mod", "quiz daily 09:00"))).toContain("at 09:00 (UTC)");
  });

  it("can be ended where quizzes are not allowed any more, but not planned there", async () => {
    await world.say("Mod", "quiz daily 09:00");
    expect(textOf(await world.say("Mod", "settings quiz here off"))).toContain("`quiz daily off` ends");
    expect(textOf(await world.say("Mod", "quiz daily 10:00"))).toContain("are not allowed in this channel");
    expect(textOf(await world.say("Mod", "quiz daily off"))).toContain("has ended here");
  });
});
