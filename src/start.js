// Plain JavaScript: Node then takes everything else, types stripped, from its compile cache, and its reader of TypeScript (10 MB) stays unloaded.
import { constants, enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Among the packages, because `npm ci` fills it with `--compile`: a bot that may write nothing would otherwise compile at every start.
const { status } = enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/bakehouse", import.meta.url)));
// Each user has a cache of their own; one who may not write there has it where temporary files are.
if (status === constants.compileCacheStatus.FAILED) enableCompileCache();
if (process.argv[2] === "--compile") {
  await import("./compile.ts");
} else {
  const { main } = await import("./main.ts");
  await main();
  // Everything is closed. A connection that was left open somewhere must not keep the process.
  setTimeout(() => process.exit(), 1000).unref();
}
