import { z } from "zod";
import { explainPaste } from "../src/answers/explain/explain-paste.ts";
import type { Explanation } from "../src/answers/explain/explanation.ts";
import { explanationReply } from "../src/answers/explain/explanation-reply.ts";
import { defineCommand } from "../src/core/command.ts";
import type { Context, Room } from "../src/core/context.ts";
import { emphasise } from "../src/core/emphasis.ts";
import {
  type Block,
  button,
  type Choice,
  type Control,
  controls,
  press,
  privately,
  type Reply,
  reply,
  text,
} from "../src/core/reply.ts";
import { claimsLine } from "../src/docker-cli/claims-line.ts";
import type { LineFile, LineResult } from "../src/docker-cli/docker-lines.ts";
import { lineCommandsByName } from "../src/docker-cli/line-commands.ts";
import { completeCommand } from "../src/docker-cli/read-line.ts";
import { lineOwnerOf, runLearnerLine } from "../src/docker-cli/sandbox-lines.ts";
import { labControls } from "../src/labs/view.ts";
import { exitWords, noOutput, safeText, showOutput } from "../src/sandbox/shown-output.ts";

/** The longest line, in characters; a Dockerfile may come along. */
const longest = 7000;

export default defineCommand({
  name: "docker",
  summary: "Run a docker command on your own containers, for example ps -a",
  activity: "sandbox",
  reach: "community",
  options: z.object({
    line: z
      .string()
      .trim()
      .max(longest, `Too long: a docker line has at most ${longest} characters`)
      .default("--help")
      .describe("What comes after docker, for example run -d --name ada cake"),
    share: z.enum(["yes", "no"]).default("no").describe("Show the output to everybody in the channel: yes or no"),
  }),
  positional: ["line"],
  examples: ["docker run -d --name ada cake", "docker ps -a", "docker diff ada"],
  claims: claimsLine,
  complete: { line: completeLine },
  async run({ line, share }, context) {
    const typed = `docker ${line.replace(/^docker\s+/i, "")}`;
    const explained = context.services.dockerLines ? undefined : explainPaste(typed);
    if (explained) return explainInstead(explained, context);
    const result = await runLearnerLine(typed, context);
    const lab = await context.services.labs.find(context.person.id);
    const row = { room: context.room, lab: lab ? labControls(lab) : [] };
    const answer = result.refused ? showRefusal(result, row) : showResult(typed, result, row);
    return share === "yes" && !result.refused ? { ...answer, audience: "channel" } : privately(answer);
  },
});

/** Where no engine is, a command is told about instead of run. */
function explainInstead(explained: Explanation, { services }: Context): Reply {
  const { blocks } = explanationReply(explained, {
    curriculum: services.curriculum.current,
    offers: services.offers(),
  });
  return privately(reply(text("_There's no sandbox here to run it in, so this is what it does._"), ...blocks));
}

/** What surrounds a line: how much can be shown, and the controls of the lab it was typed in. */
interface Surroundings {
  room: Room | undefined;
  lab: Control[];
}

function showRefusal({ output, refused }: LineResult, { room, lab }: Surroundings): Reply {
  return reply(
    ...(output ? showOutput([{ source: "stdout", text: output }], { room }) : []),
    text(refused?.why ?? ""),
    controls(
      ...lab,
      refused?.concept !== undefined && button("Tell me more", press("concept", { name: refused.concept })),
      button("My containers", press("docker", { line: "ps -a" })),
    ),
  );
}

function showResult(typed: string, { output, exitCode, notes, files }: LineResult, { room, lab }: Surroundings): Reply {
  const [first = ""] = typed.split("\n");
  const prompt = `$ ${first.length > 200 ? `${first.slice(0, 200)}…` : first}\n`;
  const name = /--name[ =]([\w.-]+)/.exec(first)?.[1] ?? first.split(/\s+/)[2];
  const made = /^docker (container )?(run|create|start)\b/.test(first) && exitCode === 0;
  return reply(
    ...showOutput([{ source: "stdout", text: prompt + output }], { room }),
    output.trim() === "" && files.length === 0 && notes.length === 0 && text(noOutput),
    ...files.map(showFile),
    exitCode !== null && exitCode !== 0 && text(exitWords(exitCode)),
    notes.length > 0 && text(notes.map(emphasise).join("\n")),
    controls(
      ...lab,
      made &&
        name !== undefined &&
        /--name/.test(first) &&
        button("What changed?", press("docker", { line: `diff ${name.slice(0, 40)}` })),
      button("My containers", press("docker", { line: "ps -a" })),
      lab.length === 0 && button("My images", press("docker", { line: "images" })),
    ),
  );
}

/** Text travels as a file; what is no text is told by its size, since only text can be attached. */
function showFile({ name, bytes }: LineFile): Block {
  const body = new TextDecoder().decode(bytes);
  return body.includes("\0") || body.includes("\ufffd")
    ? text(
        `\`${safeText(name)}\` has ${bytes.length} bytes that are no text, so it is not shown. \`docker cp\` can put it into another container.`,
      )
    : { kind: "file", name, text: body };
}

/** Completes the command's name, then the name of a container or an image of one's own. */
async function completeLine(typed: string, context: Context): Promise<Choice[]> {
  const choices = (values: string[]): Choice[] =>
    values.filter((value) => value.length <= 100).map((value) => ({ label: value, value }));
  const words = typed.replace(/^docker\s+/i, "").split(/\s+/);
  const last = words.pop() ?? "";
  const [first = ""] = words;
  if (!words.length) return choices(completeCommand(last));
  const command = lineCommandsByName.get(words.slice(0, 2).join(" ")) ?? lineCommandsByName.get(first);
  if (!command?.completes || !context.services.dockerLines || last.startsWith("-")) return [];
  const names = await context.services.dockerLines.complete(command.completes, last, await lineOwnerOf(context));
  return choices(names.map((name) => [...words, name].join(" ")));
}
