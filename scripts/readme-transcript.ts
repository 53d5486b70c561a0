import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const readme = new URL("../README.md", import.meta.url);
const lines = [
  "my file is gone after I ran the container again, why?",
  "show stop-keeps-rm-loses guess:1",
  "quiz solo ephemeral-data",
];

/** What the bot really answers to the README's lines, without Docker. The quiz's question is drawn by chance, so only its start is kept. */
export function readTranscript(): string {
  const main = fileURLToPath(new URL("../src/start.js", import.meta.url));
  return lines
    .map((line) => {
      const { stdout } = spawnSync(process.execPath, [main], {
        input: `${line}\n`,
        encoding: "utf8",
        env: { PATH: process.env.PATH ?? "", DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-")), SANDBOX_TOTAL: "0" },
      });
      const answer = line.startsWith("quiz") ? `${stdout.split("\n").slice(0, 1).join("\n")}\n…` : stdout.trim();
      return `> ${line}\n${answer}`;
    })
    .join("\n\n");
}

const begin = "<!-- transcript -->";
const end = "<!-- /transcript -->";
const fence = "```";

/** The transcript that stands in the README. */
export function readmeTranscript(): string {
  const [, between = ""] = readFileSync(readme, "utf8").split(begin);
  return (between.split(end)[0] ?? "").trim().slice(`${fence}text`.length, -fence.length).trim();
}

if (import.meta.main) {
  const text = readFileSync(readme, "utf8");
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  const after = text.slice(text.indexOf(end));
  writeFileSync(readme, `${before}\n${fence}text\n${readTranscript()}\n${fence}\n${after}`);
}
