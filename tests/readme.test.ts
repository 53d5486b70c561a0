import { expect, it } from "vitest";
import { readmeTranscript, readTranscript } from "../scripts/readme-transcript.ts";

it("the README shows what the bot really answers", () => {
  expect(readmeTranscript()).toBe(readTranscript());
});
