/**
 * What is wrong with mrkdwn an app sends: raw angle brackets and ampersands, mentions that ping people, Markdown that Slack shows literally.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function checkMrkdwn(text: string, where: string): string[] {
  const problems: string[] = [];
  const known =
    /<(?:https?:\/\/[^<>|\s]+(?:\|[^<>|]*)?|mailto:[^<>|\s]+(?:\|[^<>|]*)?|!date\^\d+\^[^<>|]+\|[^<>|]+|#C[A-Z0-9]+)>/g;
  const rest = text.replace(known, "");
  if (/<[@!#]/.test(rest)) problems.push(`${where}: mentions somebody: ${cut(rest)}`);
  if (/[<>]/.test(rest)) problems.push(`${where}: unescaped < or >: ${cut(rest)}`);
  if (/&(?!amp;|lt;|gt;)/.test(rest)) problems.push(`${where}: unescaped &: ${cut(rest)}`);
  const outside = rest.replace(/`[^`\n]*`/g, "");
  if (/(?<!\*)\*\*(?!\*)[^*\s\u2060][^*\n]*\*\*(?!\*)/.test(outside))
    problems.push(`${where}: ** shows literally: ${cut(outside)}`);
  if (/\[[^\]\n]+\]\(https?:[^)\s]+\)/.test(outside) && !rest.includes("`"))
    problems.push(`${where}: a Markdown link shows literally: ${cut(outside)}`);
  if (!text.isWellFormed()) problems.push(`${where}: a lone surrogate`);
  return problems;
}

const cut = (text: string) => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
