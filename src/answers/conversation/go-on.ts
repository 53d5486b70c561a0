import { code, type Reply, reply, text } from "../../core/reply.ts";
import type { Curriculum } from "../../curriculum/load.ts";
import type { Concept } from "../../curriculum/schema.ts";
import { showPlaceholders } from "../../curriculum/transcript.ts";
import type { Answered } from "../answer-question.ts";
import { answerConcept, type FollowUps } from "../cards/answer.ts";
import type { Memory } from "./memory.ts";

/** What is wished for of what was just told. */
type Manner = "simpler" | "example" | "failed";

const ask = "(?:(?:can|could|would) you |please |ok(?:ay)?,? |hm+,? |sorry,? |but |so |and )*";
const manners: readonly (readonly [Manner, RegExp])[] = [
  [
    "simpler",
    new RegExp(
      `^${ask}(?:(?:explain|say|tell|put|describe)(?: me)?(?: (?:it|that|this))?(?: again)?(?: to me)?)? ?(?:simpler|simply|easier|more simply|in simpler? (?:words|terms|english)|in (?:plain|easy) (?:words|english|terms)|(?:like|as if) i(?:'m| am| were)? (?:5|five|a child|a beginner)|for (?:a )?(?:beginners?|dummies)|eli5|in short|shorter)(?: please)?$`,
    ),
  ],
  [
    "simpler",
    /^(?:i (?:still )?(?:do not|don'?t|did not|didn'?t) (?:get|understand|follow)(?: (?:it|that|this|you|a word))?|(?:that is|that'?s|it is|it'?s|this is)? ?too (?:complicated|complex|difficult|long|technical|hard)|huh|what do you mean|what does that mean|say (?:that|it) again|i am (?:confused|lost)|i'?m (?:confused|lost)|(?:explain|again)(?: (?:it|that|this))?(?: again)?(?: please)?)$/,
  ],
  [
    "example",
    new RegExp(
      `^${ask}(?:(?:give|show|have|got|do you have|is there|i need|i want)(?: me)? )?(?:an? |some |one |any |another )?(?:concrete |simple |short |real |practical )?(?:examples?|for example|for instance|like what|such as|what for example|sample)(?: (?:of|for|about) (?:it|that|this|these|them))?(?: please)?$`,
    ),
  ],
  [
    "failed",
    /^(?:(?:but|sorry|no|hm+|well),? )*(?:(?:that|it|this|the command|your command|which) )?(?:still |just |also )?(?:did not|didn'?t|does not|doesn'?t|do not|don'?t|is not|isn'?t|not|won'?t|will not|has not|hasn'?t)(?: (?:really|quite|even))? (?:work(?:ing|ed)?|help(?:ing|ed)?|do (?:anything|it)|change anything|solve it|fix it)(?: (?:either|for me|at all|here|yet|too|unfortunately|anymore))*$|^(?:(?:but|still|the|i (?:still )?get the) )*(?:same (?:error|problem|result|thing|issue|message)|no luck|nothing (?:happens|happened|changed)|(?:it|that|this) (?:still )?fails?|(?:it|that) failed|i (?:still )?get an error|there is (?:still )?an error|still (?:broken|nothing|an error|failing|not))(?: again)?$/,
  ],
];

/** Says what was told in another manner, when that is all a message asks for; undefined otherwise. */
export function goOn(
  typed: string,
  { topic, command }: Memory,
  { curriculum, offers }: { curriculum: Curriculum; offers: FollowUps },
): Answered | undefined {
  const concept = curriculum.concepts.get(topic?.concept ?? "");
  const words = plain(typed);
  const manner = words.length > 90 ? undefined : manners.find(([, said]) => said.test(words))?.[0];
  if (!concept || !manner) return undefined;
  const told = { concept: concept.id, ...(topic?.answer && { answer: topic.answer }) };
  return { ...told, reply: withControls(tell(manner, concept, command), concept, curriculum, offers) };
}

function tell(manner: Manner, concept: Concept, command: string | undefined): Reply {
  if (manner === "failed") return askForOutput(concept, command);
  const example = [text(concept.example.intro), code(showPlaceholders(concept.example.console), "console")];
  if (manner === "example") return reply(text(`About **${concept.title}**, an example:`), ...example);
  return reply(text(`About **${concept.title}**, in short: ${concept.short}`), ...example);
}

/** What failed can only be told from what it printed. */
function askForOutput({ title }: Concept, command: string | undefined): Reply {
  const again = "Then I need to see what it said.";
  return command === undefined
    ? reply(text(`About **${title}**: ${again} Paste the exact command and the whole output, the error included.`))
    : reply(
        text(
          `About **${title}**: ${again} Run it once more and paste the whole output, with the command as you typed it:`,
        ),
        code(command, "sh"),
      );
}

/** Ends as the card does: with its source and what one can do next. */
function withControls(told: Reply, concept: Concept, curriculum: Curriculum, offers: FollowUps): Reply {
  const { blocks } = answerConcept(concept, "beginner", curriculum, offers);
  return { blocks: [...told.blocks, ...blocks.filter(({ kind }) => kind === "controls")] };
}

function plain(typed: string): string {
  return typed
    .toLowerCase()
    .replaceAll("\u2019", "'")
    .replace(/[\s.!?…]+/g, " ")
    .trim();
}
