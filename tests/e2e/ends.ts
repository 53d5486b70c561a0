import type { startBot } from "../harness/bot.ts";

/** Service managers kill after this long (ms); until then a bot must have ended by itself. */
const limit = 15_000;

/** Sends the signal and resolves with how the bot ended, or "still there" when that takes longer than allowed. */
export async function endBot(bot: ReturnType<typeof startBot>, signal: NodeJS.Signals) {
  bot.child.kill(signal);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"still there">((resolve) => {
    timer = setTimeout(resolve, limit, "still there");
  });
  const ended = await Promise.race([bot.ended, late]);
  clearTimeout(timer);
  return ended;
}
