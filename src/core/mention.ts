/** What can be pointed at inside Markdown. */
export type Mentioned = "channel" | "person" | "role";

/**
 * A channel, person or role inside Markdown, by the platform's own id. Platforms that can show its name replace it with
 * {@link showMentions}; everywhere else the label in the brackets is read.
 */
export function mention(kind: Mentioned, id: string): string {
  return `[${kind === "channel" ? "#" : "@"}${id}](${kind}:${id})`;
}

/** The source of a pattern that finds what {@link mention} wrote. */
export const mentionSource = String.raw`\[[#@][\w.-]+\]\((?:channel|person|role):[\w.-]+\)`;

/** Replaces every {@link mention} by what `show` makes of it. */
export function showMentions(markdown: string, show: (kind: Mentioned, id: string, label: string) => string): string {
  return markdown.replace(
    /\[([#@][\w.-]+)\]\((channel|person|role):([\w.-]+)\)/g,
    (_, label: string, kind: Mentioned, id: string) => show(kind, id, label),
  );
}
