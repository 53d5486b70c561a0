import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import { quote } from "../../core/dispatch.ts";
import { CliError } from "../../engine/cli-error.ts";
import type { ImageSettings } from "../../engine/engine.ts";
import { limits } from "../../engine/limits.ts";
import { removeSurely } from "../../sandbox/guard/remove-surely.ts";
import { checkRoom } from "../commit-own.ts";
import { findImage } from "../each.ts";
import { LineRefusal } from "../line-refusal.ts";
import { scratchImage } from "../scratch.ts";
import type { Session } from "../session.ts";
import { shortId } from "../table.ts";
import { argumentsOf } from "./arguments.ts";
import { withLine } from "./at-line.ts";
import { type BuildCache, rememberStep, stepKey } from "./build-cache.ts";
import { buildStep } from "./build-step.ts";
import { planCopy } from "./copy-step.ts";
import { expandVariables, variablesOf } from "./expand.ts";
import { settingsOf } from "./image-settings.ts";
import { execForm, type Instruction, parseDockerfile } from "./parse-dockerfile.ts";
import { rehearse } from "./rehearse.ts";
import { readPairs, readSettings } from "./settings.ts";
import { checkSettingsRoom } from "./settings-room.ts";
import { addLabels, cutAfter } from "./shape-instructions.ts";

export interface BuildWish {
  source: string;
  args: ReadonlyMap<string, string>;
  labels: Record<string, string>;
  target?: string | undefined;
  useCache: boolean;
  cache: BuildCache;
  print(line: string): void;
}

interface Stage {
  name: string;
  image: string;
  scratch: boolean;
  settings: ImageSettings;
  /** ARG values of this stage. */
  args: Map<string, string>;
  cmdSet: boolean;
}

const substituted = /^(ENV|LABEL|WORKDIR|USER|EXPOSE|COPY|ARG)$/;
/** What the rest of a step's container takes of its room, in bytes. */
const spared = 2048;
/** Hands build arguments to a RUN without putting them into the image. */
const withArguments = `n=\${0#|}; while [ "$n" -gt 0 ]; do export "$1"; shift; n=$((n-1)); done; exec "$@"`;

/** Builds an image step by step and resolves with its id. Throws {@link CliError} in the builder's words and {@link LineRefusal}. */
export async function buildOwn(session: Session, wish: BuildWish): Promise<string> {
  const instructions = addLabels(cutAfter(parseDockerfile(wish.source), wish.target), wish.labels);
  if (instructions.find(({ word }) => word !== "ARG")?.word !== "FROM")
    throw new CliError("Error response from daemon: no build stage in current context");
  rehearse(instructions, wish.args);
  await checkRoom(session);
  const known = new Set((await session.holdings.images({ all: true })).map(({ id }) => id));
  const globals = new Map<string, string>();
  const stages: Stage[] = [];
  for (const [index, instruction] of instructions.entries()) {
    if (session.signal.aborted) throw new CliError("the build was cancelled", 130);
    wish.print(`Step ${index + 1}/${instructions.length} : ${instruction.shown}`);
    const stage = stages.at(-1);
    try {
      if (instruction.word === "FROM") {
        const next = await openStage(session, instruction, stages, globals);
        stages.push(next);
        wish.print(next.scratch ? " ---> " : ` ---> ${shortId(next.image)}`);
      } else if (!stage) {
        for (const [name, value] of argumentsOf(instruction.rest, wish.args, new Map())) globals.set(name, value);
      } else await takeStep(session, wish, { instruction, stage, stages, known, globals });
    } catch (error) {
      throw withLine(instruction, error);
    }
  }
  const last = stages.at(-1);
  if (!last) throw new CliError("Error response from daemon: no build stage in current context");
  if (last.scratch) throw new CliError("No image was generated. Is your Dockerfile empty?");
  return last.image;
}

async function openStage(
  session: Session,
  { rest, word, flags }: Instruction,
  stages: readonly Stage[],
  globals: ReadonlyMap<string, string>,
): Promise<Stage> {
  if (flags[0] !== undefined) throw refuseFlag(word, flags[0]);
  const [, from = "", name = ""] =
    /^(\S+)(?:\s+[aA][sS]\s+([a-zA-Z][\w.-]*))?$/.exec(expandVariables(rest, globals)) ?? [];
  if (!from) throw new CliError("Error response from daemon: FROM requires either one or three arguments");
  const common = { name: name.toLowerCase(), args: new Map<string, string>(), cmdSet: false };
  const earlier = stages.find((stage) => stage.name && stage.name === from.toLowerCase());
  if (earlier) return { ...common, image: earlier.image, scratch: earlier.scratch, settings: { ...earlier.settings } };
  if (from === "scratch") {
    const image = await scratchImage(session.engine);
    return { ...common, image, scratch: true, settings: await settingsOf(session, image) };
  }
  const { id } = await findImage(session, from);
  return { ...common, image: id, scratch: false, settings: await settingsOf(session, id) };
}

interface StepPlace {
  instruction: Instruction;
  stage: Stage;
  stages: readonly Stage[];
  /** Images that are still there. */
  known: Set<string>;
  globals: ReadonlyMap<string, string>;
}

function refuseFlag(word: string, flag: string): LineRefusal {
  const shown = quote(`${word} ${flag}`, 60);
  return flag.startsWith("--platform")
    ? new LineRefusal(
        `${shown} is not possible in a build here: every image here is for the platform of this machine, and no other can be fetched. Leave the flag out.`,
        "platform-arch",
      )
    : new LineRefusal(`${shown} is not possible in a build here.`, "dockerfile-build");
}

async function takeStep(
  session: Session,
  wish: BuildWish,
  { instruction, stage, stages, known, globals }: StepPlace,
): Promise<void> {
  const { word, flags } = instruction;
  const variables = new Map([...stage.args, ...variablesOf(stage.settings.env ?? [])]);
  const rest = substituted.test(word) ? expandVariables(instruction.rest, variables) : instruction.rest;
  if (flags.length && word !== "COPY") throw refuseFlag(word, flags[0] ?? "");
  const plan = { from: stage.image, settings: stage.settings, announced: true, print: wish.print };
  const nop = (shown: string) => ["/bin/sh", "-c", "#(nop) ", shown];
  const step = async (command: string[], more: Partial<Parameters<typeof buildStep>[1]>) => {
    checkSettingsRoom(more.settings ?? {});
    checkCommand(command);
    const key = stepKey(stage.image, command, more.settings);
    const cached = wish.useCache ? wish.cache.get(key) : undefined;
    if (cached !== undefined && known.has(cached)) wish.print(" ---> Using cache");
    const made =
      cached !== undefined && known.has(cached) ? cached : await buildStep(session, { ...plan, command, ...more });
    rememberStep(wish.cache, key, made);
    known.add(made);
    Object.assign(stage, { image: made, scratch: false, settings: more.settings ?? stage.settings });
    wish.print(` ---> ${shortId(made)}`);
  };
  switch (word) {
    case "RUN": {
      const command = execForm(rest) ?? ["/bin/sh", "-c", rest];
      const set = variablesOf(stage.settings.env ?? []);
      const given = [...stage.args].filter(([name]) => !set.has(name)).map((pair) => pair.join("="));
      const prefix = given.length ? [`|${given.length}`, ...given.sort()] : [];
      await step([...prefix, ...command], {
        start: true,
        ...(given.length && { entrypoint: ["/bin/sh", "-c", withArguments] }),
      });
      return;
    }
    case "COPY": {
      await copy(session, { instruction, stage, stages, known, globals }, rest, step);
      return;
    }
    case "ARG": {
      for (const [name, value] of argumentsOf(rest, wish.args, globals)) stage.args.set(name, value);
      checkSettingsRoom({ ...stage.settings, cmd: [...stage.args.values()] });
      await step(nop(`ARG ${rest}`), {});
      return;
    }
    case "WORKDIR": {
      const settings = { ...stage.settings, ...readSettings(word, rest, stage.settings) };
      await step(["/bin/sh", "-c", `#(nop) WORKDIR ${settings.workingDir}`], {
        settings,
        ...(settings.workingDir && { workingDir: settings.workingDir }),
      });
      return;
    }
  }
  const settings: ImageSettings = { ...stage.settings, ...readSettings(word, rest, stage.settings) };
  // A new entrypoint does not go with the base's command.
  if (word === "ENTRYPOINT" && !stage.cmdSet) settings.cmd = [];
  if (word === "CMD") stage.cmdSet = true;
  await step(nop(describe(word, rest, settings)), { settings });
}

async function copy(
  session: Session,
  { instruction, stage, stages }: StepPlace,
  rest: string,
  step: (command: string[], rest: { files(): Readable; announced: boolean }) => Promise<void>,
): Promise<void> {
  const from = instruction.flags.find((flag) => flag.startsWith("--from="))?.slice(7);
  const container = (image: string) =>
    session.host.createContainer({
      name: session.names.container(`build-${randomBytes(5).toString("hex")}`),
      image,
      purpose: "build",
      owner: session.owner,
      slot: session.slot,
      runAs: "image",
      command: ["/bin/sh"],
      entrypoint: [""],
    });
  const opened: string[] = [];
  try {
    const target = await container(stage.image);
    opened.push(target);
    if (from !== undefined) opened.push(await container(await sourceOf(session, from, stages)));
    const [, source] = opened;
    const options = { instruction, rest, target, workingDir: stage.settings.workingDir ?? "/" };
    const { open, shown } = await planCopy(session, { ...options, ...(source !== undefined && { source }) });
    await step(["/bin/sh", "-c", `#(nop) ${shown}`], { files: open, announced: false });
  } finally {
    await Promise.all(opened.map((id) => removeSurely(session.engine, id).catch(() => {})));
  }
}

async function sourceOf(session: Session, from: string, stages: readonly Stage[]): Promise<string> {
  const earlier = stages.slice(0, -1);
  const stage = /^\d{1,2}$/.test(from)
    ? earlier[Number(from)]
    : earlier.find(({ name }) => name && name === from.toLowerCase());
  if (stage) return stage.image;
  try {
    return (await findImage(session, from)).id;
  } catch (error) {
    if (error instanceof CliError)
      throw new CliError(
        `invalid from flag value ${from}: ${error.message.replace("Error response from daemon: ", "")}`,
      );
    throw error;
  }
}

/** Throws {@link LineRefusal} for a step that no container can be made for. */
function checkCommand(command: readonly string[]): void {
  const bytes = command.reduce((sum, one) => sum + Buffer.byteLength(one), 0);
  if (bytes > limits.specBytes - spared)
    throw new LineRefusal(
      `This step and its build arguments have ${Math.ceil(bytes / 1024)} kB together, and a step here has at most ${(limits.specBytes - spared) / 1024} kB.`,
      "env-config",
    );
}

function describe(word: string, rest: string, { cmd, entrypoint }: ImageSettings): string {
  const list = (words: readonly string[] = []) => `[${words.map((one) => JSON.stringify(one)).join(" ")}]`;
  if (word === "CMD") return `CMD ${list(cmd)}`;
  if (word === "ENTRYPOINT") return `ENTRYPOINT ${list(entrypoint)}`;
  if (word === "ENV" || word === "LABEL")
    return `${word} ${readPairs(word, rest)
      .map((pair) => pair.join("="))
      .join(" ")}`;
  return `${word} ${rest}`;
}
