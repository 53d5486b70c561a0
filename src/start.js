// Plain JavaScript: Node then takes everything else, types stripped, from its compile cache, and its reader of TypeScript (10 MB) stays unloaded.
import { enableCompileCache } from "node:module";

enableCompileCache();
await import("./main.ts");
