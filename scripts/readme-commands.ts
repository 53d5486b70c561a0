import { readFileSync, writeFileSync } from "node:fs";
import { commands } from "../commands/index.ts";

/** Writes the README's command table from the commands themselves. */
const file = new URL("../README.md", import.meta.url);
const rows = commands.filter(({ hidden }) => !hidden).map(({ name, summary }) => `| \`${name}\` | ${summary} |`);
const table = ["| Command | What it does |", "|---|---|", ...rows].join("\n");
writeFileSync(file, readFileSync(file, "utf8").replace(/\| Command \|[\s\S]*?\n(?=\n)/, `${table}\n`));
