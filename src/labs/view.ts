import {
  type Block,
  button,
  type Control,
  code,
  controls,
  heading,
  press,
  type Reply,
  reply,
  steps,
  text,
} from "../core/reply.ts";
import type { Lab } from "../curriculum/schema.ts";
import type { Judgement, Position } from "./labs.ts";

const stateWords = { new: "", begun: ", begun", done: ", done" } as const;

interface Listed {
  lab: Lab;
  state: keyof typeof stateWords;
}

/** All labs with how far the reader is, in groups. */
export function viewLabs(groups: { title: string; items: Listed[] }[]): Reply {
  const list = groups.flatMap(({ items }) => items);
  const done = list.filter(({ state }) => state === "done").length;
  const next = list.find(({ state }) => state === "begun") ?? list.find(({ state }) => state === "new");
  return reply(
    heading(`Labs: ${done} of ${list.length} done`),
    ...groups.map(({ title, items }) => text([`**${title}**`, ...items.map(line)].join("\n"))),
    controls(
      next &&
        button(
          `${next.state === "begun" ? "Go on with" : "Start"}: ${next.lab.title}`,
          press("lab start", { lab: next.lab.id }),
          "primary",
        ),
      {
        kind: "select",
        placeholder: "Start a lab",
        press: press("lab start"),
        fills: "lab",
        choices: list.slice(0, 25).map(({ lab }) => ({ label: lab.title, value: lab.id })),
      },
    ),
  );
}

function line({ lab, state }: Listed): string {
  return `- **${lab.title}** (\`${lab.id}\`): ${lab.level}, about ${lab.minutes} minutes${stateWords[state]}`;
}

/** The controls of the step somebody is at; they stand under every docker line in a lab. */
export function labControls({ step, hints }: Position): Control[] {
  return [
    button("Check my work", press("lab check"), "primary"),
    button(hints === 0 ? "Hint" : hints < step.hints.length ? "Bigger hint" : "Hint again", press("lab hint")),
    button("Leave the lab", press("lab stop")),
  ];
}

/** Where the learner is: what is done, what to do now. `opening` stands above it. */
export function viewPosition(position: Position, opening: Block[] = []): Reply {
  const { lab, step, index } = position;
  return reply(
    heading(lab.title),
    ...opening,
    steps(
      lab.steps.map(({ title }, at) => ({ title, state: at < index ? "done" : at === index ? "running" : "waiting" })),
    ),
    text(`**Step ${index + 1} of ${lab.steps.length}: ${step.title}**\n${step.task}`),
    text("Type `docker` lines as you would in a terminal, then check."),
    controls(...labControls(position)),
  );
}

/** What a check found, and what comes next. */
export function viewJudgement({ verdict, lab, next }: Judgement): Reply {
  if (verdict.passed) {
    if (next) return viewPosition(next, [text("That is it. On to the next step.")]);
    return reply(
      heading(lab.title),
      steps(lab.steps.map(({ title }) => ({ title, state: "done" }))),
      text(`**Lab done.** ${lab.goal}`),
      controls(
        ...lab.concepts
          .slice(0, 2)
          .map((id) => button(`Read on: ${id.replaceAll("-", " ")}`, press("concept", { name: id }))),
        button("All labs", press("lab list")),
      ),
    );
  }
  const looked = code([`$ ${verdict.command}`, verdict.output].filter(Boolean).join("\n"), "console");
  const opening = [text("Not yet. This is what I looked at, and what it says:"), looked];
  return next ? viewPosition(next, opening) : reply(...opening);
}
