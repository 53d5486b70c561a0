import { readMrkdwn } from "../harness/slack/reading.ts";
import type { Json, SlackTeam } from "../harness/slack/world.ts";

/** Block Kit as Markdown for readers of a transcript: headings, words, code in fences; controls and pictures are told elsewhere. */
export function readBlocks(blocks: readonly Json[], team: SlackTeam): string {
  const named = (text: string) => text.replace(/<@(\w+)>/g, (_, id: string) => `@${team.users.get(id)?.name ?? id}`);
  const words = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(words).join("");
    if (typeof value !== "object" || value === null) return "";
    const { type, text, elements, user_id: user } = value as Json;
    if (type === "user") return `@${team.users.get(String(user))?.name ?? String(user)}`;
    if (type === "mrkdwn") return readMrkdwn(named(String(text)));
    if (type === "rich_text_preformatted") return `\`\`\`\n${words(elements).replace(/\n$/, "")}\n\`\`\`\n`;
    return typeof text === "string" ? text : words(elements);
  };
  const shown = blocks.map(({ type, text, fields, elements }) => {
    switch (type) {
      case "header":
        return `### ${words(text)}`;
      case "section":
        return [words(text), ...((fields as Json[] | undefined) ?? []).map((one) => `- ${words(one)}`)]
          .filter(Boolean)
          .join("\n");
      case "context":
      case "rich_text":
        return words(elements).trimEnd();
      default:
        return "";
    }
  });
  return shown.filter(Boolean).join("\n\n");
}
