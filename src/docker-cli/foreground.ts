import { setTimeout as sleep } from "node:timers/promises";
import { daemonError } from "../engine/cli-error.ts";
import { EngineError } from "../engine/engine-error.ts";
import { engineText } from "./each.ts";
import type { Session } from "./session.ts";
import { dropContainer, removeWhenEnded } from "./start-own.ts";

/** A killed program is waited for so long (ms). */
const endTime = 15_000;

export interface ForegroundOptions {
  /** `--rm` */
  remove: boolean;
  /** The streams asked for by `-a`; none means both. */
  attach?: readonly string[];
}

/**
 * Starts a container and prints what its program says until it ends. Resolves with its exit code, or with null when it still runs
 * after the session's patience: then the container goes on by itself.
 */
export async function runForeground(
  session: Session,
  id: string,
  shown: string,
  { remove, attach = [] }: ForegroundOptions,
): Promise<number | null> {
  const { containers } = session.engine;
  const wanted = attach.map((one) => one.toLowerCase());
  const output = await containers.attach(
    id,
    (source, bytes) => {
      if (!wanted.length || wanted.includes(source)) session.out.sink(source, bytes);
    },
    session.input === undefined ? {} : { stdin: Buffer.from(session.input) },
  );
  const cut = Promise.withResolvers<"cut">();
  session.out.onFull(() => {
    output.pause();
    cut.resolve("cut");
  });
  try {
    await containers.start(id);
    session.host.watch(id, session.owner);
  } catch (error) {
    output.detach();
    if (remove) await dropContainer(session, id);
    if (error instanceof EngineError && error.kind !== "unreachable") throw daemonError(engineText(session, error));
    throw error;
  }
  const exited = containers.wait(id);
  const ended = Promise.all([exited, output.ended]).then(([exit]) => exit);
  ended.catch(() => {});
  const result = await Promise.race([ended, cut.promise, patienceOf(session)]);
  if (typeof result === "object") {
    if (remove) await dropContainer(session, id);
    return result.code;
  }
  output.detach();
  if (result === "cut" || result === "cancelled") {
    if (result === "cut") session.host.offend(session.owner);
    await containers.kill(id).catch(() => {});
    session.note(
      result === "cut"
        ? "The output was cut at the limit and the container stopped, as Ctrl-C would do."
        : "You stopped it.",
    );
    // A busy engine may fail to kill it; then whoever clears up after this line ends it.
    const code = await Promise.race([exited.then((exit) => exit.code), sleep(endTime, 137, { ref: false })]);
    if (remove) await dropContainer(session, id);
    return code;
  }
  if (remove) void removeWhenEnded(session, id);
  session.note(
    `\`${shown}\` still runs after ${Math.round(session.patience / 1000)} seconds, so I stopped watching; it goes on by itself. \`docker logs ${shown}\` shows what it prints, \`docker stop ${shown}\` ends it.`,
  );
  return null;
}

/** Resolves when the learner cancels or the time to wait is over. */
export function patienceOf(session: Session): Promise<"late" | "cancelled"> {
  const { promise, resolve } = Promise.withResolvers<"late" | "cancelled">();
  const timer = setTimeout(() => resolve("late"), session.patience);
  timer.unref();
  if (session.signal.aborted) resolve("cancelled");
  session.signal.addEventListener("abort", () => resolve("cancelled"), { once: true });
  return promise.finally(() => clearTimeout(timer));
}

/** Says once that `-it` has nothing to hold on to in a chat. */
export function noTerminal(flags: { interactive: boolean; tty: boolean }, session: Session): void {
  if (flags.tty || (flags.interactive && session.input === undefined))
    session.note(
      "A chat is no terminal, so this ran without `-i` and `-t`: nothing can be typed into it while it runs.",
    );
}
