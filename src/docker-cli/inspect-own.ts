import { CliError } from "../engine/cli-error.ts";
import { taggedOrId } from "./each.ts";
import { inEngineWords } from "./engine-words.ts";
import { NotHere } from "./holdings.ts";
import type { Session } from "./session.ts";
import { shownJson } from "./shown-json.ts";
import { compileTemplate, type Template } from "./template/render.ts";
import { TemplateError } from "./template/template-error.ts";

type What = "any" | "container" | "image" | "container-only" | "image-only";

/** Fields that the engine leaves out when they are empty, with what a template sees then. */
const leftOut: Record<string, unknown> = { ExposedPorts: null, Healthcheck: null, Health: null, Annotations: null };

/** Prints what `docker inspect` prints of each name. Resolves with the exit code. */
export async function inspectAll(
  session: Session,
  typed: readonly string[],
  what: What,
  { format, size }: { format?: string | undefined; size: boolean },
): Promise<number> {
  const found: unknown[] = [];
  const missing: string[] = [];
  for (const name of typed) {
    const one = await findAny(session, name, what, size);
    if (one === undefined) missing.push(missingWords(name, what));
    else found.push(one);
  }
  if (format === undefined || format === "") session.out.line(found.length ? JSON.stringify(found, null, 4) : "[]");
  else if (format === "json") for (const one of found) session.out.line(JSON.stringify(one));
  else printFormatted(session, found, format, missing.length > 0);
  for (const words of missing) session.out.line(await inEngineWords(session.engine, words));
  return missing.length ? 1 : 0;
}

function printFormatted(session: Session, found: readonly unknown[], format: string, incomplete: boolean): void {
  let template: Template;
  try {
    template = compileTemplate(format, (field) =>
      Object.hasOwn(leftOut, field)
        ? { value: leftOut[field] }
        : { error: `map has no entry for key ${JSON.stringify(field)}` },
    );
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.shown}`, 64);
    throw error;
  }
  for (const one of found) {
    try {
      session.out.line(template(one));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      session.out.line("");
      throw new CliError(`template parsing error: ${error.shown}`);
    }
  }
  if (incomplete && !found.length) session.out.line("");
}

async function findAny(session: Session, typed: string, what: What, size: boolean): Promise<unknown> {
  const { containers, images } = session.engine;
  if (!what.startsWith("image")) {
    const found = await orUndefined(session.holdings.container(typed));
    if (found) return shownJson(session, (await containers.inspect(found.id, { size })).raw, found.shown);
  }
  if (what.startsWith("container")) return undefined;
  const found = await orUndefined(session.holdings.image(typed));
  return found && shownJson(session, (await images.inspect(found.id)).raw);
}

async function orUndefined<T>(finding: Promise<T>): Promise<T | undefined> {
  try {
    return await finding;
  } catch (error) {
    if (error instanceof NotHere) return undefined;
    throw error;
  }
}

function missingWords(typed: string, what: What): string {
  switch (what) {
    case "any":
      return `Error: No such object: ${typed}`;
    case "container":
    case "container-only":
      return `Error response from daemon: No such container: ${typed}`;
    case "image":
    case "image-only":
      return `Error response from daemon: no such image: ${typed}: No such image: ${taggedOrId(typed)}`;
  }
}
