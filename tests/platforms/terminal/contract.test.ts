import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { expect } from "vitest";
import { terminalPlace } from "../../../src/platforms/terminal/read.ts";
import { createTerminal } from "../../../src/platforms/terminal/terminal.ts";
import { platformContract } from "../../contracts/platform.ts";

platformContract("terminal", async (app) => {
  const input = new PassThrough();
  const printed: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      printed.push(String(chunk));
      done();
    },
  });
  let settled = Promise.withResolvers<void>();
  const terminal = createTerminal({
    input,
    output,
    dataDir: mkdtempSync(join(tmpdir(), "bakehouse-terminal-")),
    settled: async () => settled.resolve(),
  });
  await terminal.start(app);
  const say = async (line: string): Promise<string> => {
    const from = printed.length;
    settled = Promise.withResolvers();
    input.write(`${line}\n`);
    await settled.promise;
    return printed.slice(from).join("");
  };
  const number = (label: string): string => {
    const lines = printed.join("").split("\n").reverse();
    return /^ *\[(\d+)\]/.exec(lines.find((line) => line.includes(`] ${label}`)) ?? "")?.[1] ?? "no such control";
  };
  return {
    platform: terminal,
    place: terminalPlace,
    idempotent: false,
    replaces: false,
    say,
    press: (label) => say(number(label)),
    choose: (label) => say(number(label)),
    fill(label, text) {
      input.write(`${number(label)}\n`);
      return say(text);
    },
    shown: async () => printed,
    sees: async (words) => expect(printed.join("")).toContain(words),
    async close() {
      await terminal.stop();
    },
  };
});
