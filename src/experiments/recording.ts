import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Performance } from "./play.ts";

const schema = z.strictObject({
  /** Version of the engine the run was made on. */
  engine: z.string(),
  /** Day of the run, as 2026-11-23. */
  date: z.iso.date(),
  /** Commands and outputs, step by step. */
  steps: z.array(z.array(z.strictObject({ command: z.string(), output: z.string() }))),
});

/** A real run of an experiment, kept for places where no engine is reachable. Never written by hand. */
export type Recording = z.output<typeof schema>;

/** Reads `<folder>/<id>.json`; undefined when there is none or it is damaged. */
export function readRecording(folder: string, id: string): Recording | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(join(folder, `${id}.json`), "utf8")));
  } catch {
    return undefined;
  }
}

/** Keeps a finished run as `<folder>/<id>.json`. */
export function writeRecording(folder: string, id: string, performance: Performance, engine: string, at: Date): void {
  const recording: Recording = {
    engine,
    date: at.toISOString().slice(0, 10),
    steps: performance.steps.map(({ commands }) => commands.map(({ command, output }) => ({ command, output }))),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${id}.json`), `${JSON.stringify(recording, null, 1)}\n`);
}

/** The recorded run as a finished performance. */
export function replay(recording: Recording): Performance {
  return { steps: recording.steps.map((commands) => ({ state: "done", commands })), end: "proved" };
}
