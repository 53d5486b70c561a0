import { UnreachableError } from "../../../core/platform.ts";

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const codes = {
  /** The interaction was answered too late, or never existed. */
  unknownInteraction: 10062,
  alreadyAnswered: 40060,
  threadExists: 160004,
  /** Voice and stage channels have no threads, for example. */
  wrongChannelType: 50024,
  archived: 50083,
} as const;

/** What no retry can mend: the server, channel, message, thread or interaction is gone, or the bot may not speak there. */
const unreachable = new Set([10003, 10004, 10008, 10015, 50001, 50007, 50013, 50027, 30033, 160005, 160006]);

/** Discord's error code, its HTTP status, or the system's error code. */
function codeOf(error: unknown): number | string | undefined {
  const { code, cause } = (error ?? {}) as { code?: number | string; cause?: { code?: string } };
  return code ?? cause?.code;
}

/** Whether Discord refused an error with one of these names. */
export function isRefused(error: unknown, name: keyof typeof codes): boolean {
  return codeOf(error) === codes[name];
}

/** Whether Discord says that the target is gone or forbidden. */
export function isUnreachable(error: unknown): boolean {
  return unreachable.has(Number(codeOf(error)));
}

/** An {@link UnreachableError} where Discord's answer means that, else the error itself. */
export function translate(error: unknown): unknown {
  if (!isUnreachable(error)) return error;
  return new UnreachableError(error instanceof Error ? error.message : String(error));
}

function isPassing(error: unknown): boolean {
  const { status, name } = (error ?? {}) as { status?: number; name?: string };
  if (status !== undefined) return status >= 500;
  const code = String(codeOf(error) ?? "");
  return name === "AbortError" || /^(?:UND_ERR_|ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN)/.test(code);
}

/**
 * Tries again what failed on the way: the library itself gives up after three tries, and at once when a socket breaks.
 * `pause` in ms, doubled each time. Throws the last error, and every refusal at once.
 */
export async function persist<T>(work: () => Promise<T>, tries = 4, pause = 250): Promise<T> {
  for (let left = tries - 1, wait = pause; ; left--, wait *= 2) {
    try {
      return await work();
    } catch (error) {
      if (left <= 0 || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
