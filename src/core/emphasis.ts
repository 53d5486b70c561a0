/**
 * A text as Markdown in italics, for every platform: code stays outside of the marks, as some platforms pair no marks across it. What holds
 * an underscore of its own is left as it is.
 */
export function emphasise(text: string): string {
  return text
    .split(/(`[^`\n]+`|\n)/)
    .map((part, index, all) => (index % 2 ? part : slant(part, isCode(all[index + 1]))))
    .join("");
}

const isCode = (part: string | undefined) => part?.startsWith("`") === true;

/** Marks stand at letters; only at the end of a sentence its sign belongs to it. */
function slant(part: string, beforeCode: boolean): string {
  const [, lead = "", body = "", end = ""] =
    (beforeCode ? /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su : /^([^\p{L}\p{N}]*)(.*?)(\s*)$/su).exec(part) ?? [];
  return body === "" || part.includes("_") ? part : `${lead}_${body}_${end}`;
}
