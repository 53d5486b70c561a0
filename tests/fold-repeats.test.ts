import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Log, silentLog } from "../src/core/log.ts";
import { foldRepeats } from "../src/fold-repeats.ts";

let lines: [level: string, event: string, details: unknown][];
let log: Log;
let flush: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  const write = (level: string) => (event: string, details: unknown) => void lines.push([level, event, details]);
  ({ log, flush } = foldRepeats({ ...silentLog, info: write("info"), warn: write("warn"), error: write("error") }));
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a log in which trouble repeats", () => {
  it("has one line when it begins and then one a minute with how often it came", () => {
    for (let second = 0; second < 170; second++) {
      log.warn("lease not renewed", { error: new Error("the database is away") });
      if (second % 2) log.warn("timer not fired", { error: new Error("the database is away") });
      vi.advanceTimersByTime(1000);
    }
    expect(lines).toEqual([
      ["warn", "lease not renewed", { error: expect.any(Error) }],
      [
        "warn",
        "lease not renewed",
        {
          repeated: 89,
          why: "Error: the database is away",
          events: { "lease not renewed": 59, "timer not fired": 30 },
        },
      ],
      ["warn", "lease not renewed", expect.objectContaining({ repeated: 90 })],
    ]);
    flush();
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)?.[2]).toMatchObject({ repeated: 75 });
  });

  it("is told in full again when it comes back after a quiet minute", () => {
    const error = new Error("gone");
    for (let time = 0; time < 2; time++) {
      log.error("not posted", { error });
      vi.advanceTimersByTime(61_000);
    }
    expect(lines).toEqual([
      ["error", "not posted", { error }],
      ["error", "not posted", { error }],
    ]);
  });

  it("keeps what differs, and everything that is no trouble", () => {
    log.warn("an image cannot be used", { name: "python" });
    log.warn("an image cannot be used", { name: "alpine" });
    log.warn("an image cannot be used", { name: "alpine" });
    log.info("ready");
    log.info("ready");
    expect(lines.map(([level]) => level)).toEqual(["warn", "warn", "info", "info"]);
  });

  it("has every reference that somebody was shown", () => {
    for (const reference of ["a1", "b2", "c3"]) log.error("command failed", { reference, error: new Error("oh") });
    expect(lines.map(([, , details]) => (details as { reference: string }).reference)).toEqual(["a1", "b2", "c3"]);
    expect(lines.filter(([, , details]) => "error" in (details as object))).toHaveLength(1);
  });
});
