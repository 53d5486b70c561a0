import { stemmer } from "stemmer";
import { canonical, expansions, phrases, stopWords } from "./vocabulary.ts";

/** How much of a question is read, in characters. */
export const questionLimit = 4000;

/** A question as the tutor reads it: lower-case, well-formed, on one line, without mark-up and addresses. Never throws. */
export function clean(text: string): string {
  // Some letters become many when they are folded.
  return fold(text.slice(0, questionLimit).toWellFormed())
    .slice(0, questionLimit)
    .replace(/<[@#!&][^>\s]{1,40}>|https?:\/\/\S+/g, " ")
    .replace(/<\/?(?!none)[a-z][^<>]{0,200}>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** Drops what stands before a question in quizzes and forums: "True or false?", "Q:". */
export function dropLead(cleaned: string): string {
  return cleaned.replace(/^(?:(?:true or false|true\/false|t\/f|quiz|question|q\d*)\s*[?:.,)-]+\s*)+/, "");
}

function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u2018\u2019\u02BC]/g, "'");
}

const wordPattern = /--?[a-z][a-z-]*|[\p{L}\p{N}_]+(?:['.+#][\p{L}\p{N}_+#]+)*/gu;

/** The words of a folded text in order, with phrases already joined; command-line flags keep their hyphens. */
export function splitWords(folded: string): string[] {
  let text = folded;
  for (const [pattern, to] of phrases) text = text.replace(pattern, to);
  return text.match(wordPattern) ?? [];
}

/** The words of many texts at once, which is much faster than one by one. */
export function splitTexts(texts: readonly string[]): string[][] {
  let text = fold(texts.map((each) => each.replaceAll("\n", " ")).join("\n"));
  for (const [pattern, to] of phrases) text = text.replace(pattern, to);
  return text.split("\n").map((line) => line.match(wordPattern) ?? []);
}

/** The terms a word is searched by; none for a stop word. */
export function termsOf(word: string): readonly string[] {
  if (word.startsWith("-")) return word.length > 1 ? [`flag${word}`] : [];
  if (stopWords.has(word)) return [];
  const expanded = expansions.get(word);
  if (expanded) return expanded;
  const found = canonical.get(word);
  if (found) return [found];
  if (/^\d{1,2}$|^\d{4,}$|^[\d.]+$/.test(word) || word.length < 2) return [];
  const stem = stemmer(word.replace(/'s$/, ""));
  return [canonical.get(stem) ?? stem];
}
