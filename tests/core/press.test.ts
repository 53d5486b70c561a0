import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodePress, encodePress, pressLimit } from "../../src/core/press.ts";

describe("a press", () => {
  it("reads as a command and its options", () => {
    expect(encodePress({ command: "quiz answer", options: { round: "k3f9", choice: "2" } })).toBe(
      "v1:quiz answer?round=k3f9&choice=2",
    );
  });

  it("is at most as long as Discord takes, both ways", () => {
    const of = (length: number) => ({ command: "ask", options: { q: "x".repeat(length - "v1:ask?q=".length) } });
    expect(encodePress(of(100))).toHaveLength(100);
    expect(() => encodePress(of(101))).toThrow("at most 100");
    expect(decodePress(`v1:ask?q=${"x".repeat(91)}`)).not.toBeNull();
    expect(decodePress(`v1:ask?q=${"x".repeat(92)}`)).toBeNull();
  });

  it("comes back as it went, whatever the option values hold", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string({ unit: "grapheme", maxLength: 6 })),
        (options) => {
          const press = { command: "ask", options };
          let encoded: string;
          try {
            encoded = encodePress(press);
          } catch {
            return;
          }
          expect(encoded.length).toBeLessThanOrEqual(pressLimit);
          expect(decodePress(encoded)).toEqual({ command: "ask", options: { ...options } });
        },
      ),
    );
  });

  it("is refused when it would not fit into a platform's control", () => {
    expect(() => encodePress({ command: "ask", options: { question: "x".repeat(90) } })).toThrow(/at most 100/);
  });

  it("of another version, or forged, is no press", () => {
    fc.assert(
      fc.property(fc.string(), (forged) => {
        const press = decodePress(forged);
        expect(press === null || typeof press.command === "string").toBe(true);
      }),
    );
    expect(decodePress("v9:quiz answer?round=1")).toBeNull();
    expect(decodePress("../../etc/passwd")).toBeNull();
    expect(decodePress(`v1:ask?question=${"x".repeat(100)}`)).toBeNull();
  });
});
