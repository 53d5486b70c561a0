import type { Concept } from "../curriculum/schema.ts";

/** What a rule found: the concept, which rule, and how sure it is (0 to 1). */
export interface RuleHit {
  concept: string;
  rule: "definition" | "comparison" | "error";
  strength: number;
}

/** The cards' own rules, ready to be matched. */
export interface Rules {
  definitions: ReadonlyMap<string, string>;
  comparisons: readonly { a: string; b: string; concept: string }[];
  errors: readonly { pattern: RegExp; concept: string }[];
}

/** Compiles `defines`, `compares` and `errors` of all cards; `termsOf` turns a name into its terms. */
export function compileRules(concepts: Iterable<Concept>, termsOf: (text: string) => string[]): Rules {
  const definitions = new Map<string, string>();
  const comparisons: { a: string; b: string; concept: string }[] = [];
  const errors: { pattern: RegExp; concept: string }[] = [];
  const key = (name: string) => nameKey(name, termsOf);
  for (const { id, title, defines, compares, errors: sources } of concepts) {
    for (const name of [...defines]) if (!definitions.has(key(name))) definitions.set(key(name), id);
    if (defines.length && !definitions.has(key(title))) definitions.set(key(title), id);
    for (const [a, b] of compares) comparisons.push({ a: key(a), b: key(b), concept: id });
    for (const source of sources) errors.push({ pattern: new RegExp(source, "i"), concept: id });
  }
  return { definitions, comparisons, errors };
}

const definitionLead =
  /^(?:(?:so|ok|okay|hi|hey|hello|and|but|well|please|hm+|um+|can you|could you|can someone|could someone|can anyone)[,!]? )*(?:(?:what|wat|wut)(?:'?s| is| are| was| does| do| exactly is| exactly are| actually is| even is| the hell is)|whats|define|definition of|meaning of|explain(?: to me| me)?(?: the| what)?(?: concept of| term| meaning of| is| are)?|describe|tell me(?: more)? about|purpose of|what do you know about|why do (?:we|i|you) need|what is meant by|what do you mean by|what do (?:we|you|people) (?:mean|call)(?: by)?)\s+/;
const definitionTail =
  /(?:,? (?:is|are|mean|means|meaning|definition|stand for|explained|do|for|exactly|actually|anyway|even|really|in docker|in podman|please|again|good for|used for|in simple (?:words|terms)|and (?:how|why|what|when) .*))*[\s?!.,]*$/;
const articles =
  /^(?:an? |the |exactly |actually |really |meant by |your |this |so-called |concept of |term |word |purpose of |meaning of |definition of |use of |point of |idea (?:of|behind) |difference )+/;

/** The concept whose name the question asks to define, if that is all it asks. */
function matchDefinition(cleaned: string, rules: Rules, termsOf: (text: string) => string[]): RuleHit[] {
  const question = cleaned.replace(/["'`*_“”]/g, (mark) => (mark === "'" ? mark : "")).slice(0, 400);
  const first = question.split(/(?<=[?!])\s|(?<=[a-z]{2}\.)\s/)[0] ?? "";
  const lead = definitionLead.exec(first);
  const rest = (lead ? first.slice(lead[0].length) : first).replace(articles, "").replace(definitionTail, "");
  const concept = rules.definitions.get(nameKey(rest, termsOf));
  if (concept) return [{ concept, rule: "definition", strength: lead ? 1 : 0.8 }];
  return [];
}

/** Comparisons of which both names stand in the question. */
function matchComparisons(cleaned: string, terms: readonly string[], rules: Rules): RuleHit[] {
  const cue =
    /\b(?:vs\.?|versus|differ\w*|diff|diffr?\w*|compar\w*|distin\w*|same(?: thing)? as|rather than|instead of|or|over|between)\b/.test(
      cleaned,
    );
  if (!cue) return [];
  const strong = /\b(?:vs\.?|versus|differ\w*|diff|diffr\w*|compar\w*|distin\w*|between)\b/.test(cleaned);
  const line = ` ${terms.join(" ")} `;
  const hits: (RuleHit & { length: number })[] = [];
  for (const { a, b, concept } of rules.comparisons) {
    const at = line.indexOf(` ${a} `);
    if (at < 0 || a === b) continue;
    const without = `${line.slice(0, at)}  ${line.slice(at + a.length + 1)}`;
    if (without.includes(` ${b} `)) {
      const named = a.split(" ").length + b.split(" ").length;
      hits.push({
        concept,
        rule: "comparison",
        strength: (strong ? 1 : 0.5) * Math.min(1, (named + 1) / Math.max(1, new Set(terms).size)),
        length: named,
      });
    }
  }
  const longest = Math.max(0, ...hits.map(({ length }) => length));
  return hits
    .filter(({ length }) => length === longest)
    .map(({ concept, rule, strength }) => ({ concept, rule, strength }));
}

function matchErrors(cleaned: string, rules: Rules): RuleHit[] {
  return rules.errors
    .filter(({ pattern }) => pattern.test(cleaned))
    .map(({ concept }) => ({ concept, rule: "error" as const, strength: 1 }));
}

/** Every rule that speaks for a concept. `terms` are those of the question, `termsOf` turns a text into its terms. */
export function matchRules(
  cleaned: string,
  terms: readonly string[],
  rules: Rules,
  termsOf: (text: string) => string[],
): RuleHit[] {
  return [
    ...matchDefinition(cleaned, rules, termsOf),
    ...matchComparisons(cleaned, terms, rules),
    ...matchErrors(cleaned, rules),
  ];
}

/** A name as a key: its terms in order, or its bare letters where no term is left (as in "docker"). */
export function nameKey(name: string, termsOf: (text: string) => string[]): string {
  return (
    termsOf(name).join(" ") ||
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")
      .trim()
  );
}
