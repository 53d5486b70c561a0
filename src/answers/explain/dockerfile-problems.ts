import { execForm, type Instruction } from "./dockerfile.ts";
import type { Problem } from "./explanation.ts";

/** Looks at a whole Dockerfile for one well-known mistake. */
type Rule = (lines: readonly Instruction[], said: string) => Problem | undefined;

const where = (lines: readonly Instruction[], name: string, pattern = /./) =>
  lines.filter((line) => line.name === name && pattern.test(line.rest));
const dockerfile = (source: string) => ({ language: "dockerfile", source }) as const;
const installs =
  /\b(?:npm (?:i|ci|install)|yarn(?: install)?|pnpm (?:i|install)|pip3? install -r|bundle install|composer install|go mod download|mvn |gradle |cargo build)\b/;
const manifests: readonly (readonly [RegExp, string])[] = [
  [/npm|yarn|pnpm/, "package*.json"],
  [/pip/, "requirements.txt"],
  [/bundle/, "Gemfile Gemfile.lock"],
  [/composer/, "composer.json composer.lock"],
  [/go /, "go.mod go.sum"],
  [/mvn/, "pom.xml"],
  [/cargo/, "Cargo.toml Cargo.lock"],
];

const copyBeforeInstall: Rule = (lines, said) => {
  const install = lines.findIndex(({ name, rest }) => name === "RUN" && installs.test(rest));
  const all = lines.findIndex(({ name, rest }) => name === "COPY" && /^(?:--\S+ )*\.\/? /.test(rest));
  if (install < 0 || all < 0 || all > install) return undefined;
  const run = lines[install]?.rest ?? "";
  const manifest = manifests.find(([tool]) => tool.test(run))?.[1] ?? "package*.json";
  return {
    text: `\`COPY . .\` changes with every edit, and then everything after it runs again, \`${run}\` too. Copy \`${manifest}\` first, install, and only then copy the rest: the installation comes from the cache until ${manifest.split(" ")[0]} changes.`,
    better: dockerfile(`COPY ${manifest} ./\nRUN ${run}\nCOPY . .`),
    weight: /cache|again|every|slow|rebuild|each/i.test(said) ? 10 : 6,
  };
};

const changeDirectory: Rule = (lines, said) => {
  const cd = lines.find(({ name, rest }) => name === "RUN" && /(?:^|&&\s*)cd \S+\s*$/.test(rest));
  const folder = cd && /cd (\S+)\s*$/.exec(cd.rest)?.[1];
  if (!folder) return undefined;
  return {
    text: `A \`cd\` lasts only for that one \`RUN\`: each instruction starts a new shell, so the next one is back in the old folder. Use \`WORKDIR ${folder}\`, which also makes the folder.`,
    better: dockerfile(`WORKDIR ${folder}\nCOPY . .`),
    weight: /cd|folder|director|find|found|makefile/i.test(said) ? 10 : 8,
  };
};

const severalCommands: Rule = (lines, said) => {
  const commands = where(afterLastFrom(lines), "CMD");
  if (commands.length < 2) return undefined;
  return {
    text: `Only the last \`CMD\` counts: \`${commands.at(-1)?.rest}\` is started, the ${commands.length > 2 ? "others are" : "first is"} ignored. A container has one main process: run two programs in two containers (a Compose file starts both), or start both from one script.`,
    weight: /never|start|run|both|only/i.test(said) ? 10 : 8,
  };
};

const secrets: Rule = (lines, said) => {
  const secret = lines.find(
    ({ name, rest }) =>
      (name === "ENV" || name === "ARG") && /(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL)\w*[ =]\S/i.test(rest),
  );
  if (!secret) return undefined;
  const variable = /^\w+/.exec(secret.rest)?.[0] ?? "the secret";
  return {
    text: `Don't push it: \`${variable}\` stays in the image, and everybody who has the image can read it with \`docker history\` or \`docker inspect\`. Leave it out and give it at run time: \`docker run -e ${variable}=…\` or \`--env-file\`. For a build, use \`RUN --mount=type=secret\`. A key that was in an image should be replaced.`,
    weight: /push|safe|secret|hub|public/i.test(said) ? 10 : 8,
  };
};

const lostStage: Rule = (lines, said) => {
  const stages = lines.flatMap(({ name }, at) => (name === "FROM" ? [at] : []));
  if (stages.length < 2) return undefined;
  const last = lines.slice(stages.at(-1));
  if (last.some(({ name, rest }) => name === "COPY" && /--from=/.test(rest))) return undefined;
  const alias = / as (\S+)/i.exec(lines[stages.at(-2) ?? 0]?.rest ?? "")?.[1] ?? "0";
  const made = lines.map(({ rest }) => / -o (\/?\S+)/.exec(rest)?.[1]).find(Boolean);
  const path = made ?? execForm(where(last, "CMD")[0]?.rest ?? "")?.[0] ?? "/app";
  return {
    text: `The second \`FROM\` starts a new, empty stage: nothing of the first one is in it. Copy the result over before you use it.`,
    better: dockerfile(`COPY --from=${alias} ${path} ${path}`),
    weight: /no such file|not found|missing|where/i.test(said) ? 10 : 9,
  };
};

const unknownStage: Rule = (lines) => {
  const names = new Set(where(lines, "FROM", / as /i).map(({ rest }) => / as (\S+)/i.exec(rest)?.[1]?.toLowerCase()));
  const from = where(lines, "COPY", /--from=/).map(({ rest }) => /--from=(\S+)/.exec(rest)?.[1] ?? "");
  const lost = from.find((one) => !/^\d+$/.test(one) && !names.has(one.toLowerCase()) && !/[/:.]/.test(one));
  if (lost === undefined || names.size === 0) return undefined;
  return {
    text: `No stage is called \`${lost}\`: \`--from=${lost}\` then means an image of that name. The stages here: ${[...names].join(", ")}.`,
    weight: 6,
  };
};

const arguments_: Rule = (lines, said) => {
  const last = afterLastFrom(lines);
  const entry = execForm(where(last, "ENTRYPOINT").at(-1)?.rest ?? "");
  const command = execForm(where(last, "CMD").at(-1)?.rest ?? "");
  const typed = /docker run ((?:-\S+ )*)(\S+)((?: \w+)*)/.exec(said);
  if (!entry || !typed) return undefined;
  const given = (typed[3] ?? "")
    .replace(/\s(?:prints?|outputs?|shows?|gives?|do|does|returns?)\b.*$/, "")
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  const words = given.length ? given : (command ?? []);
  const whole = [...entry, ...words].join(" ");
  const printed = entry[0] === "echo" ? ` and prints \`${[...entry.slice(1), ...words].join(" ")}\`` : "";
  return {
    text: `It runs \`${whole}\`${printed}. The words after the image replace \`CMD\`${command ? ` (\`${command.join(" ")}\`)` : ""} and are added to the \`ENTRYPOINT\`, which stays.`,
    weight: 10,
  };
};

const shellEntrypoint: Rule = (lines) => {
  const entry = where(afterLastFrom(lines), "ENTRYPOINT").at(-1);
  if (!entry || execForm(entry.rest)) return undefined;
  return {
    text: "`ENTRYPOINT` in shell form ignores `CMD` and the words after the image, and the program doesn't get `docker stop`'s signal. Write it with brackets.",
    better: dockerfile(
      `ENTRYPOINT [${entry.rest
        .split(/\s+/)
        .map((word) => `"${word}"`)
        .join(", ")}]`,
    ),
    weight: 6,
  };
};

const shellCommand: Rule = (lines) => {
  const command = where(afterLastFrom(lines), "CMD").at(-1);
  if (!command || execForm(command.rest) || /[&|;$<>]/.test(command.rest)) return undefined;
  return {
    text: "`CMD` in shell form runs through `/bin/sh -c`, so `docker stop` may not reach your program. Use the exec form.",
    better: dockerfile(
      `CMD [${command.rest
        .split(/\s+/)
        .map((word) => `"${word}"`)
        .join(", ")}]`,
    ),
    weight: 4,
  };
};

const staleIndex: Rule = (lines) => {
  const update = where(lines, "RUN", /apt(?:-get)? update/).find(({ rest }) => !/install/.test(rest));
  return (
    update && {
      text: "`apt-get update` alone in a `RUN` is cached and goes stale; write it together with the `install`.",
      better: dockerfile(
        "RUN apt-get update && apt-get install -y --no-install-recommends PACKAGE \\\n    && rm -rf /var/lib/apt/lists/*",
      ),
      weight: 6,
    }
  );
};

const starts: Rule = (lines) => {
  const service = where(
    lines,
    "RUN",
    /\b(?:service \S+ start|systemctl start|npm start|nginx -g|node \S+\.js$|python3? \S+\.py$)/,
  )[0];
  return (
    service && {
      text: `\`RUN ${service.rest}\` starts the program during the build, and it ends with that step. What should run in the container belongs into \`CMD\`.`,
      weight: 8,
    }
  );
};

const later: Rule = (lines) => {
  const removed = where(lines, "RUN", /^rm -r?f? /)[0];
  return (
    removed && {
      text: `\`RUN ${removed.rest}\` doesn't make the image smaller: the layer before keeps the files. Delete in the same \`RUN\` that made them, or use a multi-stage build.`,
      weight: 5,
    }
  );
};

const asRoot: Rule = (lines) =>
  lines.some(({ name }) => name === "USER")
    ? undefined
    : { text: "The program runs as root. If it needn't, add a `USER` at the end.", weight: 1 };

const noTag: Rule = (lines) => {
  const base = where(lines, "FROM").map(({ rest }) => rest.split(/\s/).find((word) => !word.startsWith("--")) ?? "");
  const loose = base.find(
    (image) => image !== "scratch" && /^[\w./-]+(?::latest)?$/.test(image) && !isStage(lines, image),
  );
  return loose === undefined
    ? undefined
    : { text: `\`FROM ${loose}\` takes whatever \`latest\` is on the day of the build; name a version.`, weight: 2 };
};

const isStage = (lines: readonly Instruction[], image: string) =>
  where(lines, "FROM").some(({ rest }) => new RegExp(` as ${RegExp.escape(image)}$`, "i").test(rest));

const rules: readonly Rule[] = [
  arguments_,
  lostStage,
  copyBeforeInstall,
  changeDirectory,
  severalCommands,
  secrets,
  unknownStage,
  starts,
  shellEntrypoint,
  staleIndex,
  later,
  shellCommand,
  noTag,
  asRoot,
];

/** What is probably wrong with a Dockerfile; `said`: what the person says about it. */
export function dockerfileProblems(lines: readonly Instruction[], said: string): Problem[] {
  return rules.flatMap((rule) => rule(lines, said) ?? []);
}

/** The last stage, which becomes the image. */
function afterLastFrom(lines: readonly Instruction[]): Instruction[] {
  return lines.slice(lines.findLastIndex(({ name }) => name === "FROM"));
}
