import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCapture } from "../../src/engine/capture.ts";
import { createDemux } from "../../src/engine/docker/demux.ts";
import { exitWords, safeText, showOutput } from "../../src/sandbox/shown-output.ts";

function frame(type: number, bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(8);
  header[0] = type;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

describe("the engine's stream", () => {
  test("is split the same way, however it is cut into pieces", () => {
    const frames = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.uint8Array({ maxLength: 50 })), { maxLength: 20 });
    fc.assert(
      fc.property(frames, fc.infiniteStream(fc.integer({ min: 1, max: 30 })), (list, sizes) => {
        const whole = Buffer.concat(list.map(([type, bytes]) => frame(type, bytes)));
        const got = { stdout: [] as number[], stderr: [] as number[] };
        const demux = createDemux((source, bytes) => got[source].push(...bytes));
        for (let at = 0; at < whole.length; ) {
          const size = sizes.next().value;
          demux(whole.subarray(at, at + size));
          at += size;
        }
        expect(got.stdout).toEqual(list.filter(([type]) => type === 1).flatMap(([, bytes]) => [...bytes]));
        expect(got.stderr).toEqual(list.filter(([type]) => type === 2).flatMap(([, bytes]) => [...bytes]));
      }),
    );
  });

  test("may come in a hundred thousand frames of one byte at once", () => {
    const chunk = Buffer.concat(Array.from({ length: 100_000 }, () => frame(1, Buffer.from("x"))));
    const capture = createCapture(64 * 1024);
    createDemux(capture.sink)(chunk);
    expect(capture.size()).toBe(64 * 1024);
  });
});

describe("captured output", () => {
  test("keeps the first bytes of both streams together, says once that there was more, and decodes across pieces", async () => {
    let full = 0;
    const capture = createCapture(6, () => full++);
    const euro = Buffer.from("€");
    capture.sink("stdout", euro.subarray(0, 1));
    capture.sink("stderr", Buffer.from("!"));
    capture.sink("stdout", euro.subarray(1));
    capture.sink("stdout", Buffer.from("abcdef"));
    capture.sink("stdout", Buffer.from("more"));
    await Promise.resolve();
    expect(
      capture
        .pieces()
        .map(({ text }) => text)
        .join(""),
    ).toBe("!€ab");
    expect(full).toBe(1);
  });
});

describe("shown output", () => {
  test("never holds what could act on the reader's side, whatever was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (raw) => {
        const shown = safeText(raw);
        expect(shown).not.toMatch(/[\p{Cc}--[\n\t]]|\p{Bidi_Control}|```/v);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });

  test("keeps colours only where they are asked for, and no other escape", () => {
    const raw = "\u001b[1;31mred\u001b[0m\u001b[2J\u001b[38;5;9mx\u001b]0;t\u0007y";
    expect(safeText(raw)).toBe("redxy");
    expect(safeText(raw, { colours: true })).toBe("\u001b[1;31mred\u001b[0mxy");
  });

  test("shows of a progress line what a terminal would", () => {
    expect(safeText("10 %\r50 %\r100 %\r\ndone\r\n")).toBe("100 %\ndone\n");
  });

  test("takes no longer than its length for hostile input", () => {
    for (const unit of ["\r", "\u001b]", "\u001b[", "x\b", "```"]) safeText(unit.repeat(30_000));
  });

  test("is cut in a message and whole in the file", () => {
    const text = Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n");
    const blocks = showOutput([{ source: "stdout", text }]);
    expect(blocks.map(({ kind }) => kind)).toEqual(["code", "text", "file"]);
    expect(blocks[2]).toMatchObject({ text });
    expect(showOutput([])).toEqual([{ kind: "text", markdown: "_It printed nothing._" }]);
  });

  test.each([
    [0, /^$/],
    [1, /program says/],
    [126, /could not be run/],
    [127, /no such program/],
    [137, /128 \+ 9: ended by SIGKILL/],
    [139, /SIGSEGV/],
    [153, /16 MB/],
    [170, /signal 42/],
    [255, /program says/],
  ])("tells exit status %d in words", (code, said) => {
    expect(exitWords(code)).toMatch(said);
  });
});
