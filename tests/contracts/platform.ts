import { afterEach, describe, expect, it } from "vitest";
import type { Command } from "../../src/core/command.ts";
import type { Caller, Place } from "../../src/core/context.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import { type App, type Platform, UnreachableError } from "../../src/core/platform.ts";
import { reply, text } from "../../src/core/reply.ts";
import { standing } from "./platform-commands.ts";

/** A started platform with one person, Ada, in front of it. What she sees comes as plain strings, labels of controls included. */
export interface PlatformBed {
  platform: Platform;
  /** Somewhere the bot may post. */
  place: Place;
  /** A place that is gone; left out where places cannot go. */
  gone?: Place;
  /** Whether a retried post with the same key appears once only. */
  idempotent: boolean;
  /** Whether an edit takes the place of the message; elsewhere it is shown as a new one. */
  replaces: boolean;
  /** Ada says something to the bot; what she sees as the answer. */
  say(text: string): Promise<string>;
  /** Ada presses the control with that label in the latest message that has it; what she sees as the answer. */
  press(label: string): Promise<string>;
  /** Ada picks a choice of a select. */
  choose(label: string): Promise<string>;
  /** Ada presses a control that asks for text, and types. */
  fill(label: string, text: string): Promise<string>;
  /** Every message in {@link place} that Ada sees, oldest first. */
  shown(): Promise<string[]>;
  /** Resolves once a message with those words is there. */
  sees(words: string): Promise<void>;
  close(): Promise<void>;
}

/** The behaviour every platform has, whatever it looks like. */
export function platformContract(name: string, open: (app: App) => Promise<PlatformBed>): void {
  const beds: PlatformBed[] = [];
  afterEach(async () => {
    for (const bed of beds.splice(0)) await bed.close();
  });

  async function start(extra: Command[] = []) {
    const callers: Caller[] = [];
    const app = createApp({
      commands: [...standing(callers), ...extra],
      services: {} as never,
      now: Date.now,
      log: silentLog,
    });
    const bed = await open(app);
    beds.push(bed);
    return { ...bed, callers };
  }

  describe(`the platform ${name}`, () => {
    it("takes free text to ask and shows the answer", async () => {
      const { say } = await start();
      expect(await say("what is a layer?")).toContain("You asked: what is a layer?");
    });

    it("reads a command with its options", async () => {
      const { say } = await start();
      expect(await say("tell of:layers")).toContain("Told of layers");
    });

    it("tells the command who speaks, where, and by which event", async () => {
      const { say, callers, platform, place } = await start();
      await say("tell of:one");
      await say("tell of:two");
      const [first, second] = callers;
      expect(first?.person.id).toMatch(new RegExp(`^${platform.name}:.+`));
      expect(first?.person.id).toBe(second?.person.id);
      expect(first?.place).toMatchObject({ platform: platform.name, workspace: place.workspace });
      expect(first?.event).toMatch(new RegExp(`^${platform.name}:.+`));
      expect(first?.event).not.toBe(second?.event);
    });

    it("runs the command of a pressed button, of a chosen entry and of a typed text", async () => {
      const bed = await start();
      await bed.say("offer");
      expect(await bed.press("Press me")).toContain("Told of pressing");
      await bed.say("offer");
      expect(await bed.choose("Second")).toContain("Told of 2");
      await bed.say("offer");
      expect(await bed.fill("Type something", "ls -la /")).toContain("Told of ls -la /");
    });

    it("shows an error in words, with its controls", async () => {
      const bed = await start();
      expect(await bed.say("refuse")).toContain("That does not fit");
      expect(await bed.press("Tell instead")).toContain("Told of refusing");
    });

    it("ends a stream of replies with the last one", async () => {
      const { say, sees, shown, replaces } = await start();
      await say("count");
      await sees("Now at 9");
      if (replaces) expect((await shown()).join("\n")).not.toContain("Now at 0");
    });

    it("shows every kind of block", async () => {
      const { say } = await start();
      const seen = await say("everything");
      for (const part of [
        "A heading",
        "bold words",
        "$ docker ps",
        "FROM cake",
        "Size",
        "2 MB",
        "Start ada",
        "A link",
      ]) {
        expect(seen).toContain(part);
      }
      expect(seen).toMatch(/picture\S*\.png/);
      expect(seen).toMatch(/output\S*\.txt/);
    });

    it("survives whatever text a reply holds", async () => {
      const { say } = await start();
      expect(await say("hostile")).toContain("the end of it");
    });

    it("posts, and edits what was posted", async () => {
      const { platform, place, shown, replaces } = await start();
      const ref = await platform.post(place, reply(text("First version")), { key: "one" });
      expect((await shown()).join("\n")).toContain("First version");
      await platform.edit(ref, reply(text("Second version")));
      const all = (await shown()).join("\n");
      expect(all).toContain("Second version");
      if (replaces) expect(all).not.toContain("First version");
    });

    it("keeps a reference as plain data", async () => {
      const { platform, place, shown } = await start();
      const ref = JSON.parse(JSON.stringify(await platform.post(place, reply(text("Stored")))));
      await platform.edit(ref, reply(text("Found again")));
      expect((await shown()).join("\n")).toContain("Found again");
    });

    it("shows a post that is tried again once, where it can", async () => {
      const { platform, place, shown, idempotent } = await start();
      await platform.post(place, reply(text("Only once")), { key: "same" });
      await platform.post(place, reply(text("Only once")), { key: "same", maybeSent: true });
      await platform.post(place, reply(text("Only once")), { key: "other" });
      const count = (await shown()).filter((one) => one.includes("Only once")).length;
      expect(count).toBe(idempotent ? 2 : 3);
    });

    it("opens a thread and posts into it", async () => {
      const { platform, place } = await start();
      const ref = await platform.post(place, reply(text("Quiz")), { key: "quiz" });
      const thread = await platform.openThread(ref, `Quiz on ${"layers ".repeat(40)}`);
      expect(thread).toMatchObject({ platform: platform.name, workspace: place.workspace });
      const posted = await platform.post(thread, reply(text("Question 1")), { key: "q1" });
      expect(posted.place).toEqual(thread);
      // A retry after a crash finds the thread that is there.
      expect(await platform.openThread(ref, "Quiz")).toEqual(thread);
    });

    it("says that a place is gone", async (test) => {
      const { platform, gone } = await start();
      if (!gone) return test.skip();
      await expect(platform.post(gone, reply(text("Anybody?")), { key: "lost" })).rejects.toThrow(UnreachableError);
      await expect(platform.edit({ place: gone, id: "1" }, reply(text("?")))).rejects.toThrow(UnreachableError);
    });

    it("stops, and stops again without harm", async () => {
      const { platform } = await start();
      await platform.stop();
      await platform.stop();
    });
  });
}
