import type { Component } from "./world.ts";

/** A message as it is asked for. */
export interface AskedMessage {
  content?: string | null;
  embeds?: unknown[] | null;
  components?: Component[] | null;
  flags?: number | null;
  attachments?: { id: string; filename?: string; description?: string }[] | null;
  poll?: unknown;
  sticker_ids?: unknown;
  nonce?: string | number;
}

export const componentsV2 = 1 << 15;
const fileLimit = 10 * 1024 * 1024;

/** What the official document leaves out: lengths for bots, the rules of Components V2, unique ids, widths of rows, files. */
export function messageRules(message: AskedMessage, v2: boolean, files: { name: string; size: number }[]): string[] {
  const problems: string[] = [];
  const refuse = (said: string | false | undefined) => void (said && problems.push(said));
  const all = flatten(message.components ?? []);
  const ids = all.flatMap(({ custom_id }) => custom_id ?? []);
  refuse((message.content?.length ?? 0) > 2000 && "content: more than 2000 characters");
  refuse(
    new Set(ids).size < ids.length && `components: custom_id used twice: ${ids.find((id, at) => ids.indexOf(id) < at)}`,
  );
  refuse(files.length > 10 && "more than 10 files");
  for (const { name, size } of files) refuse(size > fileLimit && `${name}: more than 10 MiB`);
  const componentIds = all.flatMap(({ id }) => (id ? [id] : []));
  refuse(new Set(componentIds).size < componentIds.length && "components: id used twice");
  for (const component of all) problems.push(...componentRules(component));
  if (v2) problems.push(...v2Rules(message, all));
  else {
    refuse((message.components?.length ?? 0) > 5 && "more than 5 rows");
    refuse(all.some(({ type }) => type >= 9) && "components of version 2 without the flag");
    refuse(!message.content && !message.embeds?.length && files.length === 0 && !message.poll && "an empty message");
  }
  return problems;
}

function v2Rules(message: AskedMessage, all: Component[]): string[] {
  const text = all.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  const shown = all.flatMap(({ items, file, media }) => [
    ...(items ?? []).map((item) => item.media.url),
    ...(file ? [file.url] : []),
    ...(media ? [(media as { url: string }).url] : []),
  ]);
  const names = (message.attachments ?? []).map(({ filename }) => filename ?? "");
  return [
    message.content && "content in a message of version 2",
    message.embeds?.length && "embeds in a message of version 2",
    message.poll && "a poll in a message of version 2",
    message.sticker_ids && "stickers in a message of version 2",
    all.length === 0 && "an empty message",
    all.length > 40 && `${all.length} components, at most 40`,
    text > 4000 && `${text} characters of text, at most 4000`,
    ...shown.map(
      (url) => url.startsWith("attachment://") && !names.includes(url.slice(13)) && `${url} is not attached`,
    ),
    ...names.map((name) => !shown.includes(`attachment://${name}`) && `${name} is attached but shown by no component`),
  ].filter((said): said is string => typeof said === "string");
}

function componentRules({ type, components, options, label, custom_id, url, style, content }: Component): string[] {
  const values = options?.map(({ value }) => value) ?? [];
  return [
    type === 1 && (components?.length ?? 0) > 5 && "a row of more than 5 buttons",
    type === 1 &&
      (components?.length ?? 0) > 1 &&
      components?.some((one) => one.type !== 2) &&
      "a select beside something else",
    type === 2 && style !== 5 && !custom_id && "a button without custom_id",
    type === 2 && style === 5 && (!url || custom_id) && "a link button needs an address and no custom_id",
    type === 2 && !label && "a button without a label",
    type === 2 && (label?.length ?? 0) > 80 && "a button's label of more than 80 characters",
    (custom_id?.length ?? 0) > 100 && "a custom_id of more than 100 characters",
    type === 3 && (values.length < 1 || values.length > 25) && `a select of ${values.length} options`,
    type === 3 && new Set(values).size < values.length && "a select with a value twice",
    type === 10 && !content?.trim() && "a text without text",
  ].filter((said): said is string => typeof said === "string");
}

/** All components, nested ones included. */
export function flatten(components: readonly Component[]): Component[] {
  return components.flatMap((one) => [
    one,
    ...flatten(one.components ?? []),
    ...(one.component ? flatten([one.component]) : []),
  ]);
}

/** The rules of a modal that the official document leaves out. */
export function modalRules(components: readonly Component[]): string[] {
  const ids = flatten(components).flatMap(({ custom_id }) => custom_id ?? []);
  return [
    (components.length < 1 || components.length > 5) && `a modal of ${components.length} components`,
    new Set(ids).size < ids.length && "a modal with a custom_id twice",
  ].filter((said): said is string => typeof said === "string");
}
