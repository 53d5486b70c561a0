// Plain JavaScript: Node then takes everything else, types stripped, from its compile cache, and its reader of TypeScript (10 MB) stays unloaded.
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  // Where the Node that comes with the packages does not fit the machine.
  console.error(
    `Bakehouse needs Node 24.15 or newer, and this is ${process.versions.node}. Get it from https://nodejs.org and start again.`,
  );
  process.exit(1);
}

const { constants, enableCompileCache } = nodeModule;
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
