import { readFileSync } from "node:fs";
import type { Question } from "../../src/curriculum/schema.ts";

/** Something that somebody could see. */
export interface Seen {
  /** The one person who saw it; undefined when everybody could, or when the platform cannot tell. */
  only?: string;
  text: string;
}

/** A platform with people on it, for scripted conversations. The person called `teacher` is a moderator everywhere. */
export interface Driver {
  /** Types a line to the bot, as this platform's people would. Resolves when the bot has answered. */
  say(who: string, line: string): Promise<void>;
  /** Presses the newest control with that label that `who` can see. */
  press(who: string, label: string): Promise<void>;
  /** Lets time pass and everything happen that is due in it. */
  wait(ms: number): Promise<void>;
  /** Stops the bot the polite way and starts it again. */
  restart(): Promise<void>;
  /** What has become visible since the last call, oldest first. */
  seen(): Seen[];
  close(): Promise<void>;
}

/** One line of a script. */
type Step = { line: number } & Deed;

type Deed =
  | { kind: "say"; who: string; text: string }
  | { kind: "press"; who: string; label: string }
  | { kind: "pick"; who: string; what: "right" | "wrong" }
  | { kind: "see"; who: string | null; not: boolean; text: string }
  | { kind: "wait"; ms: number }
  | { kind: "restart" };

/**
 * Reads the `conversation` blocks of a Markdown file; everything else in it is for readers. The lines are
 * `as ada: <line>`, `as ada: [Label]`, `as ada: [right option]` (or wrong), `ada sees <text>`, `everybody sees <text>`,
 * `nobody sees <text>`, `wait 90 seconds`, `restart`. In a text `…` stands for anything. Throws on any other line.
 */
function readConversation(file: string): Step[] {
  const steps: Step[] = [];
  let inside = false;
  readFileSync(file, "utf8")
    .split("\n")
    .forEach((raw, index) => {
      const text = raw.trim();
      if (text.startsWith("```")) {
        inside = text === "```conversation";
        return;
      }
      if (inside && text) steps.push({ line: index + 1, ...readStep(text, `${file}:${index + 1}`) });
    });
  return steps;
}

function readStep(text: string, where: string): Deed {
  const said = /^as ([\p{L}\d-]+): (.+)$/u.exec(text);
  if (said?.[1] && said[2]) {
    const [, who, words] = said;
    const option = /^\[(right|wrong) option\]$/.exec(words);
    if (option) return { kind: "pick", who, what: option[1] as "right" | "wrong" };
    const label = /^\[(.+)\]$/.exec(words)?.[1];
    return label ? { kind: "press", who, label } : { kind: "say", who, text: words };
  }
  const seen = /^([\p{L}\d-]+) sees (.+)$/u.exec(text);
  if (seen?.[1] && seen[2]) {
    const everybody = seen[1] === "everybody" || seen[1] === "nobody";
    return { kind: "see", who: everybody ? null : seen[1], not: seen[1] === "nobody", text: seen[2] };
  }
  const wait = /^wait (\d+) (second|minute|hour|day)s?$/.exec(text);
  if (wait?.[1]) {
    const unit = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }[wait[2] ?? ""] ?? 0;
    return { kind: "wait", ms: Number(wait[1]) * unit };
  }
  if (text === "restart") return { kind: "restart" };
  throw new Error(`${where}: a script has no such line: ${text}`);
}

/** Plays a script. What is expected must have become visible since the last thing somebody did. Throws with the line and what was seen instead. */
export async function playConversation(file: string, driver: Driver, questions: Iterable<Question>): Promise<void> {
  const bank = [...questions];
  let news: Seen[] = [];
  let open = "";
  for (const step of readConversation(file)) {
    if (step.kind !== "see") news = [];
    await act(step, driver, () => letterIn(open, bank, step.kind === "pick" ? step.what : "right"));
    const fresh = driver.seen();
    news.push(...fresh);
    for (const { text } of fresh)
      if (/^\s*\W*A\W/m.test(text) && bank.some((one) => plain(text).includes(plain(one.text)))) open = text;
    if (step.kind === "see") check(step, news, `${file}:${step.line}`);
  }
}

async function act(step: Step, driver: Driver, letter: () => string): Promise<void> {
  switch (step.kind) {
    case "say":
      return driver.say(step.who, step.text);
    case "press":
      return driver.press(step.who, step.label);
    case "pick":
      return driver.press(step.who, letter());
    case "wait":
      return driver.wait(step.ms);
    case "restart":
      return driver.restart();
    case "see":
      return;
  }
}

function check({ who, not, text }: Extract<Step, { kind: "see" }>, news: Seen[], where: string): void {
  const parts = text.split("…").map(plain).map(literal);
  const pattern = new RegExp(parts.join(".*"), "s");
  const matches = news.filter(
    ({ only, text: shown }) =>
      pattern.test(plain(shown)) && (who === null ? only === undefined : only === undefined || only === who),
  );
  if (matches.length > 0 !== not) return;
  const shown = news.map(({ only, text: words }) => `${only ?? "everybody"}: ${words}`).join("\n---\n");
  throw new Error(
    `${where}: ${not ? "somebody saw" : `${who ?? "nobody"} did not see`} "${text}". Seen since the last step:\n${shown}`,
  );
}

/** The letter under which the newest open question shows its right option, or a wrong one. */
function letterIn(shown: string, bank: readonly Question[], what: "right" | "wrong"): string {
  const text = plain(shown);
  const question = bank.find((one) => text.includes(plain(one.text)));
  for (const option of question?.options ?? []) {
    if (option.right !== (what === "right")) continue;
    const letter = ["A", "B", "C", "D", "E"].find((one) => text.includes(plain(`${one}. ${option.text}`)));
    if (letter) return letter;
  }
  throw new Error(`no ${what} option is shown in:\n${shown}`);
}

/** Without white space and marks of formatting, which platforms write in their own ways. */
function plain(text: string): string {
  return text.replace(/[\s*_`~]+/g, "");
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
