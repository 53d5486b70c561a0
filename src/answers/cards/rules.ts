import { stemmer } from "stemmer";
import { ownPattern, type Pattern, packPattern } from "../../curriculum/pattern.ts";
import type { Concept } from "../../curriculum/schema.ts";
import { splitWords } from "./words.ts";

/** What a rule found: the concept, which rule, and how much that says (above 0, up to 3). */
export interface RuleHit {
  concept: string;
  rule: "definition" | "comparison" | "error";
  strength: number;
}

/** The cards' own rules, ready to be matched. */
export interface Rules {
  definitions: ReadonlyMap<string, string>;
  /** The names have a blank on both sides. */
  comparisons: readonly { a: string; b: string; concept: string }[];
  errors: readonly { pattern: Pattern; concept: string; pack: boolean }[];
}

/** Compiles `defines`, `compares` and `errors` of all cards. */
export function compileRules(concepts: Iterable<Concept>): Rules {
  const definitions = new Map<string, string>();
  const comparisons: { a: string; b: string; concept: string }[] = [];
  const errors: { pattern: Pattern; concept: string; pack: boolean }[] = [];
  for (const { id, title, defines, compares, errors: sources, pack = false } of concepts) {
    for (const name of defines.length ? [...defines, title] : []) {
      // As it stands a name comes first: "docker run" is not the instruction RUN.
      for (const each of [`"${name.toLowerCase()}"`, nameKey(name)])
        if (!definitions.has(each)) definitions.set(each, id);
    }
    for (const [a, b] of compares) comparisons.push({ a: ` ${nameKey(a)} `, b: ` ${nameKey(b)} `, concept: id });
    for (const source of sources)
      errors.push({ pattern: pack ? packPattern(source) : ownPattern(source), concept: id, pack });
  }
  return { definitions, comparisons, errors };
}

const definitionLead =
  /^(?:(?:so|ok|okay|hi|hey|hello|and|but|well|please|hm+|um+|can you|could you|can someone|could someone|can anyone)[,!]? )*(?:(?:what|wat|wut)(?:'?s| is| are| was| does| do| exactly is| exactly are| actually is| even is| the hell is)|whats|define|definition of|meaning of|explain(?: to me| me)?(?: the| what)?(?: concept of| term| meaning of| is| are)?|describe|tell me(?: more)? about|purpose of|what do you know about|why do (?:we|i|you) need|what is meant by|what do you mean by|what do (?:we|you|people) (?:mean|call)(?: by)?)\s+/;
const definitionTail =
  /(?:,? (?:is|are|mean|means|meaning|definition|stand for|explained|do|for|exactly|actually|anyway|even|really|in docker|in podman|please|again|good for|used for|in simple (?:words|terms)|and (?:how|why|what|when) .*))*[\s?!.,]*$/;
const articles =
  /^(?:an? |the |exactly |actually |really |meant by |your |this |so-called |concept of |term |word |purpose of |meaning of |definition of |use of |point of |idea (?:of|behind) )+/;

/** The concept whose name the question asks to define, if that is all it asks. */
function matchDefinition(cleaned: string, rules: Rules): RuleHit[] {
  const question = cleaned.replace(/["'`*_“”]/g, (mark) => (mark === "'" ? mark : "")).slice(0, 400);
  const first = question.split(/(?<=[?!])\s|(?<=[a-z]{2}\.)\s/)[0] ?? "";
  const lead = definitionLead.exec(first);
  const rest = (lead ? first.slice(lead[0].length) : first).replace(articles, "").replace(definitionTail, "");
  if (rest.includes("differen")) return [];
  const head = rest.split(/\s(?:in|of|inside|within|on|for|from|compared|when|that|which|if|and|with)\s/)[0] ?? "";
  const defined = (name: string) => rules.definitions.get(`"${name}"`) ?? rules.definitions.get(nameKey(name));
  const whole = defined(rest);
  // Nothing but the name is asked about: no likeness of words may outweigh that.
  if (whole) return [{ concept: whole, rule: "definition", strength: lead ? 3 : 1 }];
  const start = lead && defined(head);
  if (start) return [{ concept: start, rule: "definition", strength: 1 }];
  const words = lead ? nameKey(head).split(" ") : [];
  // "A cached image layer" is asked about as an image layer: the end of a name says what it is.
  for (let from = 1; from < words.length && words.length <= 4; from++) {
    const concept = rules.definitions.get(words.slice(from).join(" "));
    if (concept) return [{ concept, rule: "definition", strength: (0.6 * (words.length - from)) / words.length }];
  }
  return [];
}

const comparisonSides = [
  /\b(?:differ\w*|diff|diffr\w*|compar\w*|distin\w*|relation\w*|between)\b(?:.*?\b(?:between|of|in|among)\b)?\s*(?<left>.+?)\s(?:and|vs\.?|versus|from|with|to|over|&)\s(?<right>.+)/,
  /^(?<left>.+?)\s(?:vs\.?|versus|or|compared to|compared with|instead of|rather than|over|(?:any )?different (?:from|than)|(?:the )?same (?:thing )?as|differ from|just an?|(?:basically|really) an?|in place of)\s(?<right>.+)/,
  /\bhow (?:do|does|are|is) (?<left>.+?)\s(?:and|from|compared to)\s(?<right>.+?)\s(?:differ\w*|compare\w*|relate\w*)/,
  /^(?<left>.+?)\s(?:and)\s(?<right>.+?)\b(?:differen\w*|diff|the same|interchangeabl\w*|compar\w*|confus\w*|mix\w*)/,
];

/** Comparisons whose names stand on the two sides of an "X or Y", either way round; only the closest ones. */
function matchComparisons(cleaned: string, rules: Rules): RuleHit[] {
  let hits: RuleHit[] = [];
  let best = 0;
  for (const pattern of comparisonSides) {
    const sides = pattern.exec(cleaned.slice(0, 600))?.groups;
    if (!sides) continue;
    const left = ` ${nameKey(lastClause(sides.left ?? ""))} `;
    const right = ` ${nameKey(firstClause(sides.right ?? ""))} `;
    for (const { a, b, concept } of rules.comparisons) {
      const strength = Math.max(pairStrength(left, right, a, b), pairStrength(left, right, b, a));
      if (strength > best) hits = [];
      if (strength > 0 && strength >= best) hits.push({ concept, rule: "comparison", strength });
      best = Math.max(best, strength);
    }
  }
  return hits;
}

/** 2 when the sides are exactly the names, less the more else stands on them, 0 when a name is missing. */
function pairStrength(left: string, right: string, a: string, b: string): number {
  if (!left.includes(a) || !right.includes(b)) return 0;
  const extra = left.length + right.length - a.length - b.length;
  const close = Number(left.endsWith(a)) + Number(right.startsWith(b));
  return 0.4 + 0.15 * close + 0.3 / (1 + extra / 10) + Number(close === 2 && extra < 8);
}

function lastClause(text: string): string {
  return text.split(/[.?!;:]\s|,\s/).at(-1) ?? text;
}

function firstClause(text: string): string {
  return text.split(/[.?!;:]\s|,\s|[?!]/)[0] ?? text;
}

/** How much of a text a pack's patterns read, in characters, and how long all of them together may take, in ms. */
const packs = { characters: 2000, time: 15 };

function matchErrors(cleaned: string, rules: Rules): RuleHit[] {
  const text = cleaned.slice(0, packs.characters);
  let until: number | undefined;
  return rules.errors
    .filter(({ pattern, pack }) => {
      if (!pack) return pattern.test(cleaned);
      until ??= performance.now() + packs.time;
      return performance.now() < until && pattern.test(text);
    })
    .map(({ concept }) => ({ concept, rule: "error" as const, strength: 1 }));
}

/** Every rule that speaks for a concept. */
export function matchRules(cleaned: string, rules: Rules): RuleHit[] {
  return [...matchDefinition(cleaned, rules), ...matchComparisons(cleaned, rules), ...matchErrors(cleaned, rules)];
}

/** A name as a key: its words without articles and endings, so that "the Docker images" and "an image" are the same. */
export function nameKey(name: string): string {
  const words = splitWords(name.toLowerCase()).filter((word) => !/^(?:an?|the|my|your|docker|podman)$/.test(word));
  return (
    words.map((word) => stemmer(word)).join(" ") ||
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")
      .trim()
  );
}
