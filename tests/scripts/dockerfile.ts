import { readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);

/** The repository's root, with a slash at its end. */
export const rootFolder = root.pathname;

/** A step of the Dockerfile that copies. */
export interface Copy {
  from: string[];
  to: string;
}

/** What the tests need of the Dockerfile; lines that go on are joined, comments left out. */
export function readDockerfile() {
  const lines = readFileSync(new URL("Dockerfile", root), "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter(Boolean);
  const all = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const copies = all("COPY").map((rest): Copy => {
    const paths = rest.split(" ");
    return { from: paths.slice(0, -1), to: paths.at(-1) ?? "" };
  });
  const steps = all("RUN").flatMap((rest) => rest.split(" && "));
  const step = (start: string) => steps.find((one) => one.startsWith(start))?.split(" ") ?? [];
  const [, ...command] = JSON.parse(all("CMD").at(-1) ?? "[]") as string[];
  return { all, copies, install: step("npm ci"), compile: step("npm start"), command };
}
