import { existsSync } from "node:fs";
import { ConfigError, readConfig } from "./config.ts";

try {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const config = readConfig(process.env);
  const [{ createBakehouse }, { createLog }, { createTerminal }] = await Promise.all([
    import("./app.ts"),
    import("./log.ts"),
    import("./platforms/terminal/index.ts"),
  ]);
  const bakehouse = await createBakehouse(config, createLog(config.LOG_LEVEL ?? "warn"));
  const terminal = createTerminal({
    settled: () => bakehouse.settled(),
    input: process.stdin,
    output: process.stdout,
    dataDir: config.DATA_DIR,
    greeting: "Bakehouse: ask about Docker images and containers, or type `help`. Ctrl-C ends it.\n",
  });
  const stop = () => void terminal.stop();
  process.once("SIGTERM", stop).once("SIGINT", stop);
  // A reader that goes away (`npm start | head`) is an ordinary end, not a crash.
  process.stdout.on("error", stop);
  await bakehouse.start([terminal]);
  await terminal.start(bakehouse.app);
  await terminal.closed;
  await bakehouse.close();
  process.exitCode = 0;
} catch (error) {
  const known = error instanceof ConfigError || (error instanceof Error && error.name === "CurriculumError");
  console.error(known ? (error as Error).message : error);
  process.exitCode = 1;
}
