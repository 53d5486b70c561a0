import type { Memory } from "./memory.ts";

/** What a message may mean as a question of its own, in its conversation. */
export interface Rephrased {
  /** The question, whole. */
  text: string;
  /** `own`: as it was typed; `noun`: "it" replaced by what it stands for; `swap`: the last question about another thing; `whole`: the last question and this one. */
  how: "own" | "noun" | "swap" | "whole";
  /** What was put in. */
  noun?: string;
  /** It asks for more of what was just told, so that answer may be the one again. */
  again?: boolean;
  /** A word in it still stands for something else. */
  open?: boolean;
}

/** Begins where something else has ended. */
const connective = /^(?:and|but|so|then|also|or|ok(?:ay)?|what about|how about|what if|and if|even if|only|just)\b/;
/** Stands for something that was named before; not "it says", "is it possible to" and the like. */
const pronoun =
  /(?<!\b(?:avoid|prevent|fix|solve|explain|causes?|mean by|do|did|undo|because of|despite) )\b(?:they|them|those|these|theirs?|its?|(?:this|that)(?=\s*(?:$|[?.!,]|(?:is|are|was|does|do|did|will|would|can|should|work|works|make|makes|mean|means|happens?|also|too|on|in|for|with|when|if|again|mine|possible|needed|really|the)\b)))(?!\s+(?:says?|said|seems|looks like|possible|ok|okay|necessary|safe|better|takes?)\b)/g;
/** Says what a word means that was named before: "that flag", "the second one". */
const pointing =
  /\b(?:this|that|those|these|the (?:other|same|two|first|second|last|latter))\s+(?:one|ones|two|flag|flags|option|command|line|error|message|number|file|way|part|port|thing|case|name)?\b|\b(?:one|ones)\b(?=\s*(?:$|[?.!,]|for|with|in))|\bthe other way\b|\binstead\b/;
/** Asks to choose among what was just told. */
const choosing = /\b(?:which (?:one|of|is (?:better|faster|safer|newer))|both|the two|(?:better|faster|safer)\W*$)/;
const swapping =
  /^(?:(?:and|so|but|ok(?:ay)?|hm+)[, ]+)*(?:what about|how about|and|also|or|even|only|just|(?:(?:and|but|so) )?(?:does|do|is|will|would|can) (?:it|that|this|they|the same)(?: also| too)? (?:work|apply|true|count|go|hold|the same|happen)(?: also| too| the same)?)(?: (?:for|with|in|on|to|the same for))?\s+(?<thing>.+?)(?:[, ]+(?:too|as well|then))?[?.!]*$/;

/** Asks for the same the other way. */
const reverse =
  /\b(?:other way(?: a?round)?|vice versa|the (?:reverse|opposite)|in reverse|undo (?:it|that|this)|undone|reverse (?:it|that|this)|revert (?:it|that|this))\b/;
/** No longer text is read as a question that others lean on, in characters. */
const longestQuestion = 300;

/** Words and their opposites. */
const opposites: readonly (readonly [string, string])[] = [
  ["into", "out of"],
  ["start", "stop"],
  ["push", "pull"],
  ["save", "load"],
  ["export", "import"],
  ["attach", "detach"],
  ["connect", "disconnect"],
  ["pause", "unpause"],
  ["back up", "restore"],
  ["create", "delete"],
  ["add", "remove"],
  ["log in", "log out"],
];

/** Nothing but a question word. */
const bareQuestion =
  /^(?:but |and |so |ok(?:ay)? )*(?:why(?: not| so| is that| that| does that happen)?|how(?: so| come| exactly)?|when(?: exactly)?|where(?: exactly)?|what for|what now|and then)\W*$/;
/** What a bare question word asks of a noun. */
const askedBarely: readonly (readonly [RegExp, (noun: string) => string])[] = [
  [/^how(?: exactly)?$/, (noun) => `how do i use ${noun}`],
  [/^when(?: exactly)?$/, (noun) => `when should i use ${noun}`],
  [/^where(?: exactly)?$/, (noun) => `where is ${noun} stored`],
  [/^what for$/, (noun) => `what is ${noun} used for`],
];

const longestEllipsis = 16;

/** Whether a message's own words point back at what was said before. */
export function pointsBack(typed: string): boolean {
  const words = lastQuestion(plain(typed));
  return (
    bareQuestion.test(words) || connective.test(words) || pointing.test(words) || new RegExp(pronoun.source).test(words)
  );
}

/** Whether a message says too little to be understood without what was said before. */
export function isElliptical(typed: string, names: Names): boolean {
  const words = lastQuestion(plain(typed));
  if (words.length > longestQuestion || words.split(" ").length > longestEllipsis || typed.includes("\n")) return false;
  return pointsBack(words) || names.in(words).length === 0;
}

/** What a message may mean after that conversation, best guess first; only itself where nothing is missing. */
export function rephrase(typed: string, { topic }: Memory, names: Names): Rephrased[] {
  if (!topic || !isElliptical(typed, names)) return [{ text: typed, how: "own" }];
  const words = plain(typed);
  const last = lastAsked(topic);
  const asked = plain(last);
  const nouns = nounsOf(asked, topic.concept, names);
  const [noun] = nouns;
  const said = dropConnective(words);
  const found: Rephrased[] = [];
  const swapped = swap(words, asked, noun, names);
  if (swapped) found.push({ text: swapped, how: "swap" });
  const reversed = reverse.test(words) ? turn(asked) : undefined;
  if (reversed) found.push({ text: reversed, how: "swap" });
  const named = nouns.map((one) => ({ noun: one, text: nameIt(said, one) })).filter(({ text }) => text !== said);
  for (const { noun: one, text } of named) found.push({ text, how: "noun", noun: one.replace(/s$/, "") });
  const why = whyOf(said, last);
  const barely = askedBarely.find(([pattern]) => pattern.test(said.replace(/\W+$/, "")))?.[1];
  if (barely && noun) found.push({ text: barely(withArticle(noun)), how: "noun", noun });
  const hanging = !barely && !why && noun !== undefined && named.length === 0 && names.in(said).length === 0;
  if (hanging && !swapped)
    found.push({ text: `${said.replace(/[\s?.!]+$/, "")} of ${withArticle(noun)}`, how: "noun" });
  const again = choosing.test(words);
  found.push({ text: why ?? `${last.replace(/[\s?.!]+$/, "")}, ${said}`, how: "whole", again });
  return [...found, { text: typed, how: "own", open: named.length > 0 || pointing.test(words) }];
}

/** As much of the last question as others may lean on: every reading of what follows is searched for. */
export function lastAsked(topic: Memory["topic"]): string {
  return topic?.question.slice(0, longestQuestion) ?? "";
}

/** The nouns of what is taught. */
export interface Names {
  /** The nouns in a question in order, with what stands before them: "stopped containers". */
  in(words: string): string[];
  /** What a concept is called. */
  of(concept: string): string | undefined;
}

function nameIt(words: string, noun: string): string {
  let named = false;
  const replaced = words.replace(pronoun, (found) => {
    if (named) return found;
    named = true;
    return /^(?:its|theirs?)$/.test(found) ? `the ${noun}'s` : withArticle(noun);
  });
  if (named) return replaced;
  return words
    .replace(/\bmy own(?=\s*(?:$|[?.!,]))/, `my own ${noun}`)
    .replace(/(?<!which )\b(?:one|some)(?=\s*(?:$|[?.!,]|for|with|in\b))/, withArticle(noun));
}

const qualities = /^(?:all |the |stopped |running |exited |unused |old |dangling |named |anonymous )+/;
/** Nouns that have no article. */
const bare = /^(?:docker|data|memory|cpu|disk space|-)|[^s]s$/;

function withArticle(noun: string): string {
  return bare.test(noun) ? noun : `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** What "it" may stand for: the first two nouns of the last question. */
function nounsOf(asked: string, concept: string, names: Names): string[] {
  const defined = definedIn(asked);
  const named = names.in(asked).slice(0, 2);
  const other = named.length ? [] : [defined ?? names.of(concept) ?? []];
  return [...named, ...other.flat()];
}

/** What a question asks to define: "a healthcheck" of "what is a healthcheck?". */
function definedIn(asked: string): string | undefined {
  const defined =
    /^(?:so |and )?what(?:'s| is| are| does| do) (?:an? |the )?(.+?)(?: do| mean| for| used for)?[\s?.!]*$/.exec(
      asked,
    )?.[1];
  return defined && defined.split(" ").length <= 3 ? defined : undefined;
}

/** "What about images?" after "how do I delete a volume?": "how do I delete images". */
function swap(words: string, last: string, noun: string | undefined, names: Names): string | undefined {
  const thing = swapping.exec(words)?.groups?.thing?.replace(/^(?:the|an?|my|with|for)\s+/, "");
  if (!thing) return undefined;
  const ones = /^(.+?) ones?$/.exec(thing)?.[1];
  if (ones && noun) return last.replace(noun, `${ones} ${noun.replace(qualities, "")}`);
  const asked = last.replace(/[\s?.!]+$/, "");
  const asks = /^(?:what (?:is|are)|does|is|are)\b/.test(asked) && /\bwork/.test(words);
  if (asks) return undefined;
  const [other] = names.in(thing);
  const kept = /^(?:all |old |unused |two |several |many )+/.exec(noun ?? "")?.[0] ?? "";
  if (other && noun && asked.includes(noun))
    return asked.replace(new RegExp(`\\b(?:an? )?${RegExp.escape(noun)}`), `${kept}${thing}`);
  if (/^(?:how|what|why|when|where|which|who|can|is|do|does|if)\b/.test(thing)) return undefined;
  return `${asked} ${/^(?:on|in|for|with|when|if|after|while)\b/.test(thing) ? thing : `with ${thing}`}`;
}

/** "Why?" after "is a container a VM?": "why is a container a VM". */
function whyOf(words: string, last: string): string | undefined {
  if (!/^(?:why(?: not| so| is that| that| does that happen)?|how (?:so|come))$/.test(words.replace(/[\s?.!]+$/, "")))
    return undefined;
  const defined = definedIn(plain(last));
  if (defined) return `why should i use ${withArticle(defined)}`;
  return `why ${last.replace(/^(?:what (?:is|are)|why)\s+/i, "").replace(/[\s?.!]+$/, "")}`;
}

/** "From my computer into a container" becomes "from a container to my computer". */
function turn(asked: string): string | undefined {
  const whole = asked.replace(/[\s?.!]+$/, "");
  const [from, into] = [/^(.*?)\bfrom (.+?) (?:in)?to (.+)$/.exec(whole), /^(.*?)\b(?:in)?to (.+)$/.exec(whole)];
  if (from) return `${from[1]}from ${from[3]} to ${from[2]}`;
  for (const [a, b] of opposites) {
    const found = new RegExp(`\\b(?:(${a})|${b})\\b`).exec(whole);
    if (found) return whole.replace(found[0], found[1] ? b : a);
  }
  return into ? `${into[1]}from ${into[2]}` : undefined;
}

/** The question that a message ends with, without what leads to it. */
function lastQuestion(words: string): string {
  const clause = /[.,;!]\s+((?:how|what|why|where|when|which|who|can|do|does|is|are|should)\b[^.;]*)$/.exec(words)?.[1];
  return clause && clause.split(" ").length > 3 ? clause : words;
}

function dropConnective(words: string): string {
  return words.replace(/^(?:(?:and|but|so|then|also|ok(?:ay)?|well|hm+|what if|how about|what about)[, ]+)+/, "");
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll("\u2019", "'").replace(/\s+/g, " ").trim();
}
