import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Caller, Place } from "../../src/core/context.ts";
import { UserError } from "../../src/core/errors.ts";
import { directoryOf } from "../../src/core/platform-kind.ts";
import { platforms } from "../../src/platforms/index.ts";
import { reaches, reachOf } from "../../src/settings/channel-rules.ts";
import { granteesOf, showGrantee } from "../../src/settings/grantee.ts";
import { createSettings } from "../../src/settings/settings.ts";
import type { Store } from "../../src/store/store.ts";
import { openStore } from "../harness/open-store.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { createClock, type FreshPlace, freshFolder } from "../store/places.ts";

const place: Place = { platform: "discord", workspace: "1", channel: "10" };
let events = 0;
const caller = (name: string, more: { at?: Partial<Place>; roles?: string[]; moderator?: boolean } = {}): Caller => ({
  person: { id: `discord:${name}`, name, moderator: more.moderator ?? false, roles: more.roles ?? [] },
  place: { ...place, ...more.at },
  locale: "en",
  event: `event-${++events}`,
});

const clock = createClock();
let store: Store | undefined;
afterEach(() => store?.close());

describe("where something is allowed", () => {
  it("is everywhere until a channel is named; then what was said about channels decides", () => {
    expect(reachOf([])).toEqual({ everywhere: true, except: [] });
    expect(reachOf([{ channel: "a", allowed: false }])).toEqual({ everywhere: true, except: ["a"] });
    const some = reachOf([
      { channel: "a", allowed: true },
      { channel: "b", allowed: false },
    ]);
    expect(some).toEqual({ everywhere: false, only: ["a"] });
    expect(["a", "b", "c"].map((channel) => reaches(some, channel))).toEqual([true, false, false]);
    expect(reachOf([{ channel: "*", allowed: false }])).toEqual({ everywhere: false, only: [] });
  });
});

describe("whom a mention names", () => {
  it("is read from mentions as each platform writes them", () => {
    const slack: Place = { platform: "slack", workspace: "T1", channel: "C1" };
    const terminal: Place = { platform: "terminal", workspace: "terminal", channel: "here" };
    const read = (typed: string, at: Place) => directoryOf(platforms).of(at.platform).readMention(typed, at);
    expect(read("<@&12345678>", place)).toEqual({ id: "role:12345678" });
    expect(read("<@!12345678>", place)).toEqual({ id: "discord:12345678" });
    expect(read("@tutors", place)).toBeNull();
    expect(read("<@U0AB|ada>", slack)).toEqual({ id: "slack:T1:U0AB" });
    expect(read("<!subteam^S1|@tutors>", slack)).toEqual({ refused: expect.stringContaining("one by one") });
    expect(read("@Ada", terminal)).toEqual({ id: "terminal:ada" });
    expect(read("@Ada", { ...place, platform: "pigeons" })).toEqual({ id: "pigeons:ada" });
    expect(granteesOf(caller("5", { roles: ["6"] }))).toEqual(["discord:5", "role:6"]);
    expect(showGrantee("role:6")).toBe("[@6](role:6)");
  });
});

/** What is settled, on either engine. */
function settled(engine: string, fresh: FreshPlace): void {
  async function open() {
    store = await openStore({ ...(await fresh()), now: clock.now });
    return createSettings(store);
  }

  describe(`what a workspace settles (${engine})`, () => {
    it("belongs to one workspace and one activity, counts at once, and is found again by another process", async () => {
      const settings = await open();
      await settings.setChannel(caller("mod"), "quiz", "20", true);
      await expect(settings.requireAllowed("quiz", caller("ada"))).rejects.toThrow(
        "Quizzes for everybody are kept to [#20](channel:20), so I did not start one.",
      );
      await settings.requireAllowed("quiz", caller("ada", { at: { channel: "20", thread: "21" } }));
      await settings.requireAllowed("quiz", caller("ada", { at: { workspace: "2" } }));
      await settings.requireAllowed("sandbox", caller("ada"));
      if (!store) throw new Error("no store");
      const other = createSettings(store);
      await expect(other.requireAllowed("quiz", caller("ada"))).rejects.toThrow(UserError);
      await settings.setChannel(caller("mod"), "quiz", "*", true);
      await settings.requireAllowed("quiz", caller("ada"));
      clock.pass(11_000);
      await other.requireAllowed("quiz", caller("ada"));
    });

    it("is as it was before once a channel is closed and allowed again", async () => {
      const settings = await open();
      const quiz = async (channel: string, allowed: boolean) =>
        (await settings.setChannel(caller("mod"), "quiz", channel, allowed)).reach.quiz;
      const offAndOn = async (channel: string) => [await quiz(channel, false), await quiz(channel, true)];
      expect(await offAndOn("10")).toEqual([
        { everywhere: true, except: ["10"] },
        { everywhere: true, except: [] },
      ]);
      await quiz("20", false);
      expect((await offAndOn("10"))[1]).toEqual({ everywhere: true, except: ["20"] });
      await quiz("*", true);
      await quiz("10", true);
      expect(await offAndOn("10")).toEqual([
        { everywhere: false, only: [] },
        { everywhere: false, only: ["10"] },
      ]);
      await quiz("20", true);
      expect(await offAndOn("10")).toEqual([
        { everywhere: false, only: ["20"] },
        { everywhere: false, only: ["10", "20"] },
      ]);
    });

    it("leaves direct messages alone, unless it is switched off altogether", async () => {
      const settings = await open();
      const direct = caller("ada", { at: { channel: "99", direct: true } });
      await settings.setChannel(caller("mod"), "sandbox", "10", true);
      await settings.requireAllowed("sandbox", direct);
      await settings.setChannel(caller("mod"), "sandbox", "*", false);
      await expect(settings.requireAllowed("sandbox", direct)).rejects.toThrow("Sandboxes are switched off here");
    });

    it("offers only moderators to change it", async () => {
      const settings = await open();
      await settings.setChannel(caller("mod"), "sandbox", "10", false);
      const refused = (who: Caller) =>
        settings.requireAllowed("sandbox", who).catch((error: UserError) => error.controls.length);
      expect(await refused(caller("ada"))).toBe(0);
      expect(await refused(caller("mod", { moderator: true }))).toBe(1);
    });

    it("may moderate: whom the platform names, and the people and roles on the list", async () => {
      const settings = await open();
      const may = (who: Caller) => settings.mayModerate(who);
      expect(await may(caller("boss", { moderator: true }))).toBe(true);
      expect(await may(caller("ada", { roles: ["77"] }))).toBe(false);
      expect(await settings.setModerator(caller("boss"), "role:77", true)).toBe(true);
      expect(await settings.setModerator(caller("boss"), "role:77", true)).toBe(false);
      expect(await may(caller("ada", { roles: ["76", "77"] }))).toBe(true);
      expect(await may(caller("ada", { roles: ["77"], at: { workspace: "2" } }))).toBe(false);
      expect(await settings.setModerator(caller("boss"), "role:77", false)).toBe(true);
      expect(await may(caller("ada", { roles: ["77"] }))).toBe(false);
    });
  });
}

settled("SQLite", freshFolder);

if (hasPostgres()) {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());
  settled("PostgreSQL", async () => ({ databaseUrl: await server.database() }));
}
