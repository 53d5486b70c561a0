import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import { CliError, daemonError } from "../../engine/cli-error.ts";
import type { ImageSettings } from "../../engine/engine.ts";
import { EngineError } from "../../engine/engine-error.ts";
import { removeSurely } from "../../sandbox/guard/remove-surely.ts";
import { refuseLinkedWorkdir } from "../check-workdir.ts";
import { commitOwn } from "../commit-own.ts";
import { engineText } from "../each.ts";
import { inEngineWords } from "../engine-words.ts";
import { patienceOf } from "../foreground.ts";
import { commandLabels } from "../own-labels.ts";
import type { Session } from "../session.ts";
import { shortId } from "../table.ts";

/** One step of a build: a container of the image so far, changed in one way, made an image of. */
export interface StepWish {
  /** The image so far. */
  from: string;
  /** The container's command, which history shows as the step. */
  command: string[];
  entrypoint?: string[];
  /** The settings of the new image, all of them. */
  settings: ImageSettings;
  /** A folder that the step makes. */
  workingDir?: string;
  /** Runs the command; else the container is never started. */
  start?: boolean;
  /** Whether the builder names the container. */
  announced: boolean;
  /** Opens an archive that is put in, its names from the root. */
  files?(): Readable;
  print(line: string): void;
}

/** Makes one step in a hardened container of its own and resolves with the new image's id. Throws {@link CliError} or {@link LineRefusal}. */
export async function buildStep(session: Session, wish: StepWish): Promise<string> {
  const { containers } = session.engine;
  const id = await session.host.createContainer({
    name: session.names.container(`build-${randomBytes(5).toString("hex")}`),
    image: wish.from,
    purpose: "build",
    owner: session.owner,
    slot: session.slot,
    runAs: "image",
    command: wish.command,
    entrypoint: wish.entrypoint ?? [""],
    ...(wish.workingDir !== undefined && { workingDir: wish.workingDir }),
  });
  try {
    session.host.watch(id, session.owner);
    if (wish.announced) wish.print(` ---> Running in ${shortId(id)}`);
    if (wish.files) await containers.copyIn(id, "/", wish.files());
    if (wish.start || wish.workingDir !== undefined)
      await refuseLinkedWorkdir(session, id, wish.workingDir ?? wish.settings.workingDir ?? "");
    if (wish.start) await runStep(session, id, wish.command);
    const { cmd = [], entrypoint = [], labels } = wish.settings;
    const made = await commitOwn(session, id, {
      step: true,
      settings: {
        ...wish.settings,
        entrypoint,
        labels: { ...labels, ...commandLabels(cmd.length + entrypoint.length > 0) },
      },
    });
    if (wish.announced)
      wish.print(await inEngineWords(session.engine, `Removing intermediate container ${shortId(id)}`));
    return made;
  } catch (error) {
    if (error instanceof EngineError && error.kind !== "unreachable") throw daemonError(engineText(session, error));
    throw error;
  } finally {
    await removeSurely(session.engine, id).catch(() => {});
  }
}

async function runStep(session: Session, id: string, command: readonly string[]): Promise<void> {
  const { containers } = session.engine;
  const output = await containers.attach(id, session.out.sink);
  const cut = Promise.withResolvers<"cut">();
  session.out.onFull(() => {
    output.pause();
    cut.resolve("cut");
  });
  try {
    await containers.start(id);
    const ended = Promise.all([containers.wait(id), output.ended]).then(([exit]) => exit);
    ended.catch(() => {});
    const result = await Promise.race([ended, cut.promise, patienceOf(session)]);
    if (typeof result === "object" && result.code === 0) return;
    const shown = `The command '${command.join(" ")}'`;
    if (typeof result === "object")
      throw new CliError(`${shown} returned a non-zero code: ${result.code}`, result.code);
    const why = {
      cut: "printed too much",
      late: `did not end within ${Math.round(session.patience / 1000)} seconds`,
      cancelled: "was cancelled",
    };
    throw new CliError(`${shown} ${why[result]}, so the build was stopped`, 137);
  } finally {
    output.detach();
  }
}
