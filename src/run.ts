import { createBakehouse } from "./app.ts";
import type { Config } from "./config.ts";
import { createLog } from "./log.ts";
import { createTerminal } from "./platforms/terminal/index.ts";

/** Runs the bot until its input ends or it is asked to stop; everything is closed when this resolves or rejects. */
export async function runBakehouse(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL ?? "warn");
  const bakehouse = await createBakehouse(config, log);
  const terminal = createTerminal({
    input: process.stdin,
    output: process.stdout,
    dataDir: config.DATA_DIR,
    settled: () => bakehouse.settled(),
    greeting: "Bakehouse: ask about Docker images and containers, or type `help`. Ctrl-C ends it.\n",
  });
  const stop = () => void terminal.stop();
  process.once("SIGTERM", stop).once("SIGINT", stop);
  // A reader that goes away (`npm start | head`) is an ordinary end, not a crash.
  process.stdout.on("error", stop);
  try {
    await bakehouse.start([terminal]);
    await terminal.start(bakehouse.app);
    await terminal.closed;
  } finally {
    await bakehouse.close();
  }
}
