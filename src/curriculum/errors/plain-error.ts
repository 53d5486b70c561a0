const escapeSign = String.fromCharCode(27);
const colours = new RegExp(`${escapeSign}\\[[0-9;?]{0,20}[A-Za-z]|\\[(?:0|1|9[0-7]|3[0-7])m`, "g");

/**
 * An error text as it is compared: on one line, with one kind of quotation mark and none of a terminal's colours. Terminals,
 * chats and loggers quote and break the same message differently.
 */
export function plainError(text: string): string {
  return text
    .replace(colours, "")
    .replace(/```[a-z]{0,12}/gi, " ")
    .replace(/\\{1,8}(?=["'`\u2018\u2019\u201C\u201D])/g, "")
    .replace(/\\n(?=\s|$)/g, " ")
    .replace(/["'`´\u2018\u2019\u201C\u201D]+/g, '"')
    .replace(/\s+/g, " ")
    .trim();
}
