import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { createClinic } from "../src/answers/errors/clinic.ts";
import { ownContent } from "../src/app.ts";
import { openLibrary } from "../src/curriculum/library.ts";
import { allCases } from "./errors-on-engine/all-cases.ts";
import type { ErrorCase } from "./errors-on-engine/error-case.ts";
import { abilities, type MadeError, makeError } from "./errors-on-engine/make-errors.ts";

/** What the error clinic made of the errors of one engine. */
export interface Recognition {
  /** The engine's version, and what else made the errors. */
  engine: string;
  made: readonly MadeError[];
  /** Those that it did not know, or took for something else. */
  missed: readonly (MadeError & { taken: string | undefined })[];
}

/** Makes every error that this machine can make on the engine of DOCKER_HOST, and shows each to the clinic. `base`: the image to use. */
export async function recogniseErrors(base: string, wanted = (_: ErrorCase) => true): Promise<Recognition> {
  const errors = [...openLibrary([ownContent]).current.errors.values()];
  const clinic = createClinic(errors);
  const able = abilities();
  const made: MadeError[] = [];
  for (const one of allCases) if (able.has(one.needs) && wanted(one)) made.push(await makeError(one, base));
  const missed = made.flatMap((one) => {
    const taken = clinic.diagnose(one.text)?.title;
    return taken !== undefined && [one.is].flat().includes(taken) ? [] : [{ ...one, taken }];
  });
  return { engine: describeEngine(able), made, missed };
}

function describeEngine(able: ReturnType<typeof abilities>): string {
  const version = execFileSync("docker", ["version", "--format", "{{.Server.Version}}"], { encoding: "utf8" }).trim();
  const with_ = [able.has("buildkit") && "BuildKit", able.has("compose") && "Compose"].filter(Boolean).join(" and ");
  return `Engine ${version}${with_ && ` with ${with_}`}`;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { base: { type: "string", default: "bakehouse-base:ci" }, verbose: { type: "boolean", short: "v" } },
    allowPositionals: true,
  });
  const wanted = ({ is, by }: ErrorCase) =>
    !positionals.length || positionals.some((word) => `${is} ${by}`.toLowerCase().includes(word.toLowerCase()));
  const { engine, made, missed } = await recogniseErrors(values.base, wanted);
  if (values.verbose) for (const { is, by, text } of made) console.log(`## ${is}\n$ ${by}\n${text}`);
  for (const { is, by, text, taken } of missed)
    console.log(
      `MISSED ${[is].flat().join(" / ")}\n  taken for: ${taken ?? "nothing"}\n  $ ${by.replace(/\n/g, "\n    ")}\n${text}`,
    );
  const different = new Set(made.map(({ is }) => `${is}`)).size;
  console.log(
    `recognised ${made.length - missed.length} of ${made.length} error texts (${different} different errors) on ${engine}`,
  );
  process.exitCode = missed.length ? 1 : 0;
}
