import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../../core/log.ts";
import type { CommandIds } from "./register.ts";

/** Pauses between attempts, in ms; the last one is kept. */
const usualPauses = [5_000, 15_000, 60_000, 300_000];

/**
 * Registers the commands with `register`, and tries again until it works or `signal` is aborted. Resolves after the first attempt, so that
 * the bot answers mentions meanwhile; `registered` is called when it has worked. Never throws.
 */
export async function keepRegistering(
  register: () => Promise<{ wrote: boolean; ids: CommandIds }>,
  {
    log,
    signal,
    registered,
    pauses = usualPauses,
  }: { log: Log; signal: AbortSignal; registered(ids: CommandIds): void; pauses?: readonly number[] },
): Promise<void> {
  const attempt = async (failures: number): Promise<boolean> => {
    try {
      const { wrote, ids } = await register();
      registered(ids);
      log.info("discord commands registered", { count: ids.size, written: wrote, ...(failures > 0 && { failures }) });
      return true;
    } catch (error) {
      if (signal.aborted) return true;
      const again = Math.round(pauseAfter(failures) / 1000);
      const level = failures === 0 ? "error" : "warn";
      log[level]("discord commands not registered; they are tried again", {
        seconds: again,
        hint: "the bot must be invited with the scope applications.commands",
        error,
      });
      return false;
    }
  };
  const pauseAfter = (failures: number) => pauses[Math.min(failures, pauses.length - 1)] ?? 0;

  async function goOn(): Promise<void> {
    for (let failures = 0; ; failures++) {
      // An abort ends the pause by an error, and with it the attempts.
      await sleep(pauseAfter(failures), undefined, { signal, ref: false });
      if (await attempt(failures + 1)) return;
    }
  }

  if (!(await attempt(0))) void goOn().catch(() => {});
}
