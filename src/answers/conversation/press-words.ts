import { decodePress } from "../../core/press.ts";
import type { Press } from "../../core/reply.ts";
import type { Shown } from "./memory.ts";

/** Commands that end, delete, publish or grant something: nobody does that with a "yes" that was meant for something else. */
const weighty = /\b(?:stop|reset|forget|end|leave|share|settings|agree|daily|host|start|remove|delete)\b/;

/** What people say for the button that leads on. */
const onward =
  /^(?:yes|yeah|yep|yup|sure|ok(?:ay)?|yes please|please do|go on|go ahead|do it|continue|next(?: one| question| step)?|let'?s go)$/;

const stopping = /^(?:stop|leave|end|abort|cancel|give up|i give up|enough)(?: (?:it|this|that|here|now))?$/;

const ordinals: readonly RegExp[] = [
  /^(?:the )?(?:first|1st|number (?:1|one))(?: one| option| answer)?$/,
  /^(?:the )?(?:second|2nd|number (?:2|two)|other)(?: one| option| answer)?$/,
  /^(?:the )?(?:third|3rd|number (?:3|three))(?: one| option| answer)?$/,
  /^(?:the )?(?:fourth|4th|number (?:4|four))(?: one| option| answer)?$/,
  /^(?:the )?(?:fifth|5th|number (?:5|five))(?: one| option| answer)?$/,
];

/** Words for a button that is named otherwise, beside its own label. */
const otherWords: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:more|more details|details|tell me more|go deeper|deeper|more please|and more)$/, /^(?:more details|about )/],
  [/^(?:run it|try it(?: out)?|let me try(?: it)?|can i try(?: it)?)$/, /^(?:try it|run)/],
  [/^(?:show me(?: that| it)?|show it|prove it|demo)$/, /^show me/],
  [/^(?:quiz me(?: on (?:this|that|it))?|test me(?: on (?:this|that|it))?|ask me(?: a question)?)$/, /^quiz me/],
  [/^(?:check(?: it| my work| me)?|am i done|done)$/, /check/],
  [/^(?:hint|a hint|give me a hint|help me out|another hint)$/, /hint/],
  [/^(?:that helped|helpful|that was helpful)$/, /^helpful/],
];

/**
 * The press that typed words mean among the buttons on screen; undefined when they mean none, or one that must be named in full. With `busy`,
 * "next" and "yes" are not for whatever button leads on: they are meant for the work somebody is at.
 */
export function pressNamed(typed: string, controls: readonly Shown[], busy = false): Press | undefined {
  const words = plain(typed);
  if (!words || words.length > 75) return undefined;
  const exact = controls.find(({ label }) => plain(label) === words);
  if (exact) return decodePress(exact.press) ?? undefined;
  const safe = controls.filter(({ press, style }) => style !== "danger" && !weighty.test(commandIn(press)));
  if (stopping.test(words)) return decodeStop(controls);
  const meant = [byOtherWords(words, safe), byPlace(words, safe), byStart(words, safe), byYes(words, safe, busy)];
  const control = meant.find((one) => one !== undefined);
  return control && (decodePress(control.press) ?? undefined);
}

/** What ends the work on screen; what would throw something away is named in full. */
function decodeStop(controls: readonly Shown[]): Press | undefined {
  const ends = controls.filter(({ press }) => /^(?:lab stop|quiz leave|show stop)$/.test(commandIn(press)));
  return ends.length === 1 && ends[0] ? (decodePress(ends[0].press) ?? undefined) : undefined;
}

function byOtherWords(words: string, controls: readonly Shown[]): Shown | undefined {
  const labels = otherWords.filter(([said]) => said.test(words)).map(([, label]) => label);
  for (const label of labels) {
    const found = controls.find((control) => label.test(plain(control.label)));
    if (found) return found;
  }
  return undefined;
}

/** "The second one": among buttons that offer a choice of the same kind. */
function byPlace(words: string, controls: readonly Shown[]): Shown | undefined {
  const at = ordinals.findIndex((ordinal) => ordinal.test(words));
  if (at < 0) return undefined;
  const choices = choicesOf(controls);
  return choices.length === 1 && at === 1 ? choices[0] : choices[at];
}

function choicesOf(controls: readonly Shown[]): readonly Shown[] {
  const groups = Map.groupBy(controls, ({ press }) => commandIn(press));
  groups.delete("feedback");
  // Other answers are what "the other one" means, however many further buttons there are.
  return groups.get("answer") ?? [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

/** The beginning of one label only, at least a whole word of it. */
function byStart(words: string, controls: readonly Shown[]): Shown | undefined {
  if (words.length < 4) return undefined;
  const found = controls.filter(({ label }) => `${plain(label)} `.startsWith(`${words} `));
  return found.length === 1 ? found[0] : undefined;
}

/** "Yes" is for the one button that leads on. */
function byYes(words: string, controls: readonly Shown[], busy: boolean): Shown | undefined {
  if (!onward.test(words)) return undefined;
  const next = controls.find(({ label }) => /^(?:next|go on|continue)\b/.test(plain(label)));
  const leading = busy ? [] : controls.filter(({ style }) => style === "primary");
  return next ?? (leading.length === 1 ? leading[0] : undefined);
}

const commandIn = (press: string) => /^v1:([^?]*)/.exec(press)?.[1] ?? "";

/** Without marks, pictures and capitals. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("\u2019", "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}
