import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const { scripts } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** What `npm start` gives Node: its flags, then the program with its whole path. */
export const botCommand: string[] = String(scripts.start)
  .split(" ")
  .slice(1)
  .map((part) => (part.endsWith(".js") ? fileURLToPath(new URL(`../${part}`, import.meta.url)) : part));
