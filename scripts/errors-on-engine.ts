import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { createClinic } from "../src/answers/errors/clinic.ts";
import { ownContent } from "../src/app.ts";
import { openLibrary } from "../src/curriculum/library.ts";
import { allCases } from "./errors-on-engine/all-cases.ts";
import type { ErrorCase } from "./errors-on-engine/error-case.ts";
import { abilities, type MadeError, makeErrors, type Workshop } from "./errors-on-engine/make-errors.ts";

/** What the error clinic made of the errors of one engine. */
export interface Recognition {
  /** How many texts were recognised as the right error, in words. */
  summary: string;
  made: readonly MadeError[];
  /** Those that it did not know, or took for something else. */
  missed: readonly (MadeError & { taken: string | undefined })[];
}

/** Makes every error that this machine can make on an engine, and shows each to the clinic. */
export async function recogniseErrors(workshop: Workshop, wanted = (_: ErrorCase) => true): Promise<Recognition> {
  const clinic = createClinic(openLibrary([ownContent]).current.errors.values());
  const able = abilities(workshop);
  const made = await makeErrors(
    allCases.filter((one) => able.has(one.needs) && wanted(one)),
    workshop,
  );
  const missed = made.flatMap((one) => {
    const taken = clinic.diagnose(one.text)?.title;
    return taken !== undefined && [one.is].flat().includes(taken) ? [] : [{ ...one, taken }];
  });
  const different = new Set(made.map(({ is }) => [is].flat()[0])).size;
  const counts = `recognised ${made.length - missed.length} of ${made.length} error texts (${different} different errors)`;
  return { summary: `${counts} on ${describeEngine(able, workshop)}`, made, missed };
}

function describeEngine(able: ReturnType<typeof abilities>, { environment }: Workshop): string {
  const options = { encoding: "utf8", env: environment } as const;
  const version = execFileSync("docker", ["version", "--format", "{{.Server.Version}}"], options).trim();
  const more = [able.has("buildkit") && "BuildKit", able.has("compose") && "Compose"].filter(Boolean).join(" and ");
  return `Engine ${version}${more && ` with ${more}`}`;
}

/** A text that was not recognised, with what made it. */
export function describeMiss({ is, by, text, taken }: Recognition["missed"][number]): string {
  return `MISSED ${[is].flat().join(" / ")}\n  taken for: ${taken ?? "nothing"}\n  $ ${by.replace(/\n/g, "\n    ")}\n${text}`;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { base: { type: "string", default: "bakehouse-base:ci" }, verbose: { type: "boolean", short: "v" } },
    allowPositionals: true,
  });
  const words = positionals.map((word) => word.toLowerCase());
  const wanted = ({ is, by }: ErrorCase) =>
    !words.length || words.some((word) => `${is} ${by}`.toLowerCase().includes(word));
  const workshop = { base: values.base, environment: process.env };
  const { summary, made, missed } = await recogniseErrors(workshop, wanted);
  if (values.verbose) for (const { is, by, text } of made) console.log(`## ${is}\n$ ${by}\n${text}`);
  for (const miss of missed) console.log(describeMiss(miss));
  console.log(summary);
  process.exitCode = missed.length ? 1 : 0;
}
