import { z } from "zod";
import { quote } from "../core/dispatch.ts";
import { CliError, daemonError } from "../engine/cli-error.ts";
import { EngineError } from "../engine/engine-error.ts";
import { limits } from "../engine/limits.ts";
import { inventName, readReference } from "../engine/names.ts";
import { removeSurely } from "../sandbox/guard/remove-surely.ts";
import { checkWorkdir, refuseLinkedWorkdir, workdirOf } from "./check-workdir.ts";
import { engineText, findImage } from "./each.ts";
import { number, word, words, yes } from "./flags.ts";
import { readBytes } from "./human.ts";
import { LineRefusal } from "./line-refusal.ts";
import type { LineSpec } from "./lines-host.ts";
import { hasNoCommand, isOwnLabel, removeOnExitLabels } from "./own-labels.ts";
import type { Session } from "./session.ts";

/** What `docker run` and `docker create` share. */
export const createFlags = z.object({
  attach: words("a"),
  cpus: word(),
  entrypoint: word(),
  env: words("e"),
  hostname: word("h"),
  interactive: yes("i"),
  label: words("l"),
  memory: word("m"),
  name: word(),
  "pids-limit": number(),
  quiet: yes("q"),
  "read-only": yes(),
  rm: yes(),
  "stop-signal": word(),
  "stop-timeout": number(),
  tty: yes("t"),
  user: word("u"),
  workdir: word("w"),
});

/** Docker waits ten seconds after SIGTERM; in a chat that is long. */
const stopSeconds = 1;

type CreateFlags = z.output<typeof createFlags>;

/** Makes a learner's container from typed flags. Resolves with its id and name; throws {@link CliError} or {@link LineRefusal}. */
export async function createOwn(
  flags: CreateFlags,
  [image = "", ...command]: string[],
  session: Session,
): Promise<{ id: string; shown: string }> {
  const existing = await session.holdings.containers();
  const shown = flags.name?.replace(/^\//, "") ?? inventName((name) => existing.some((one) => one.shown === name));
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(shown) || shown.length > 64)
    throw daemonError(`Invalid container name (${shown}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  if (!/^(sha256:)?[0-9a-f]{4,64}$/.test(image)) readReference(image);
  const found = await findImage(session, image);
  const holder = existing.find((one) => one.shown === shown);
  if (holder) throw nameTaken(shown, holder.id);
  const own = existing.filter(({ main }) => !main).length;
  if (own >= limits.containersPerLearner)
    throw new LineRefusal(
      `You have ${own} containers, and a sandbox holds ${limits.containersPerLearner}. \`docker ps -a\` lists them; remove one with \`docker rm\`.`,
      "stop-kill-rm",
    );
  if (!command.length && !flags.entrypoint && hasNoCommand(found.labels)) throw daemonError("No command specified");
  const spec: LineSpec = {
    name: session.names.container(shown),
    image: found.reference,
    purpose: "line",
    owner: session.owner,
    slot: session.slot,
    runAs: flags.user === undefined ? "image" : { user: checkUser(flags.user) },
    logs: true,
    ...(command.length > 0 && { command }),
    ...(flags.entrypoint !== undefined && { entrypoint: [flags.entrypoint] }),
    ...(flags.env.length > 0 && { env: readEnv(flags.env) }),
    ...(flags.workdir !== undefined && { workingDir: checkWorkdir(flags.workdir) }),
    ...(flags.hostname !== undefined && { hostname: checkHostname(flags.hostname) }),
    labels: { ...readLabels(flags.label), ...(flags.rm && removeOnExitLabels) },
    ...(flags.interactive && session.input !== undefined && { stdin: true }),
    ...(flags["read-only"] && { readOnly: true }),
    ...lowered(flags, session),
    ...(flags["stop-signal"] !== undefined && { stopSignal: checkSignal(flags["stop-signal"]) }),
    stopSeconds: Math.min(10, Math.max(0, flags["stop-timeout"] ?? stopSeconds)),
  };
  checkLength(spec);
  try {
    const id = await session.host.createContainer(spec);
    if (found.own || flags.workdir !== undefined) await checkMade(session, id);
    return { id, shown };
  } catch (error) {
    if (error instanceof EngineError && error.kind !== "unreachable") throw daemonError(engineText(session, error));
    throw error;
  }
}

/** A working folder can only be looked at in a container, so one that must not start is removed again. Throws {@link LineRefusal}. */
async function checkMade(session: Session, id: string): Promise<void> {
  try {
    await refuseLinkedWorkdir(session, id, await workdirOf(session, id));
  } catch (error) {
    await removeSurely(session.engine, id);
    throw error;
  }
}

/** The engine's sentence about a name that is taken. */
export function nameTaken(shown: string, id: string): CliError {
  return daemonError(
    `Conflict. The container name "/${shown}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
  );
}

/** `NAME=value` pairs; a name alone would take the bot's own variable, so it is refused. Throws {@link CliError} and {@link LineRefusal}. */
export function readEnv(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      const name = at < 0 ? pair : pair.slice(0, at);
      if (!name)
        throw new CliError(
          `invalid argument ${JSON.stringify(pair)} for "-e, --env" flag: invalid environment variable: ${pair}`,
          125,
        );
      if (at < 0)
        throw new LineRefusal(
          `\`-e ${name.slice(0, 40)}\` alone would hand over a variable of this side, and you have none here. Write \`-e ${name.slice(0, 40)}=value\`.`,
          "env-config",
        );
      if (!/^[a-zA-Z_][a-zA-Z0-9_.-]{0,127}$/.test(name))
        throw new LineRefusal(
          `${quote(name)} cannot be the name of a variable here: letters, digits and \`_\`, please.`,
          "env-config",
        );
      return [name, pair.slice(at + 1)];
    }),
  );
}

function readLabels(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      const key = at < 0 ? pair : pair.slice(0, at);
      checkLabel(key);
      return [key, at < 0 ? "" : pair.slice(at + 1)];
    }),
  );
}

/** Throws {@link LineRefusal} for labels that a sandbox keeps for itself or that no container takes. */
export function checkLabel(key: string): void {
  if (isOwnLabel(key))
    throw new LineRefusal(
      `Labels that begin with \`tutor.\` or \`bakehouse.\` belong to the sandbox. Take another name.`,
    );
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_./-]{0,127}$/.test(key))
    throw new LineRefusal(
      `${quote(key)} cannot be a label here: letters, digits, \`.\`, \`/\`, \`_\` and \`-\`, please.`,
    );
}

function lowered(flags: CreateFlags, session: Session): Pick<LineSpec, "memory" | "cpus" | "pids"> {
  const wanted: Pick<LineSpec, "memory" | "cpus" | "pids"> = {};
  if (flags.memory !== undefined) {
    const bytes = readBytes(flags.memory);
    if (bytes === undefined)
      throw new CliError(
        `invalid argument ${JSON.stringify(flags.memory)} for "-m, --memory" flag: invalid size: '${flags.memory}'`,
        125,
      );
    if (bytes > 0 && bytes < 6 * 1024 * 1024) throw daemonError("Minimum memory limit allowed is 6MB");
    if (bytes > limits.memory || bytes === 0)
      session.note(
        `\`--memory ${flags.memory}\` is more than a sandbox has, so this container got ${limits.memory / 1024 / 1024} MB.`,
      );
    else if (bytes < limits.memoryFloor)
      session.note(`A container here needs at least ${limits.memoryFloor / 1024 / 1024} MB, so this one got that.`);
    wanted.memory = bytes;
  }
  if (flags.cpus !== undefined) {
    const cpus = /^\d{1,4}(\.\d{1,9})?$/.test(flags.cpus) ? Number(flags.cpus) : Number.NaN;
    if (Number.isNaN(cpus))
      throw new CliError(
        `invalid argument ${JSON.stringify(flags.cpus)} for "--cpus" flag: failed to parse ${flags.cpus} as a rational number`,
        125,
      );
    if (cpus > limits.cpus)
      session.note(`\`--cpus ${flags.cpus}\` is more than a sandbox has, so this container got ${limits.cpus}.`);
    wanted.cpus = cpus;
  }
  const pids = flags["pids-limit"];
  if (pids !== undefined) {
    if (pids > limits.pids || pids <= 0)
      session.note(`\`--pids-limit ${pids}\` is more than a sandbox has, so this container got ${limits.pids}.`);
    wanted.pids = pids;
  }
  return wanted;
}

/** A user as `--user` takes it. Throws {@link LineRefusal}. */
export function checkUser(user: string): string {
  if (/^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,31}(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,31})?$/.test(user)) return user;
  throw new LineRefusal("A user is a name or a number, with or without a group: `--user 1000:1000`.");
}

function checkHostname(name: string): string {
  if (/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(name)) return name;
  throw new LineRefusal("A host name has letters, digits and `-`, at most 63 of them.");
}

/** A signal's name or number. Throws {@link CliError}. */
export function checkSignal(signal: string): string {
  if (/^(SIG)?[A-Z0-9+]{1,12}$/i.test(signal)) return signal.toUpperCase();
  throw daemonError(`Invalid signal: ${signal}`);
}

function checkLength(spec: LineSpec): void {
  const texts = [
    ...(spec.command ?? []),
    ...(spec.entrypoint ?? []),
    ...Object.entries(spec.env ?? {}).flat(),
    ...Object.entries(spec.labels ?? {}).flat(),
    spec.workingDir ?? "",
  ];
  if (texts.reduce((sum, one) => sum + Buffer.byteLength(one), 0) > limits.specBytes / 2)
    throw new LineRefusal(
      "That is too much at once: command, variables and labels of one container together have to be shorter.",
    );
}
