import { flatten } from "./message-rules.ts";
import type { Component, Message } from "./world.ts";

/** What a person sees of a message. */
export interface Seen {
  message: Message;
  /** All text, in order; code blocks included. */
  text: string;
  /** Labels of the buttons; a disabled one in brackets, a link with `→`. */
  buttons: string[];
  selects: { placeholder: string; options: string[] }[];
  files: string[];
  /** Alternative texts of pictures. */
  pictures: string[];
  private: boolean;
  thinking: boolean;
}

/** Reads a message as a person sees it. */
export function look(message: Message): Seen {
  const all = flatten(message.components);
  return {
    message,
    text: [message.content, ...all.flatMap(({ type, content }) => (type === 10 ? [content ?? ""] : []))]
      .filter(Boolean)
      .join("\n\n"),
    buttons: all.filter(({ type }) => type === 2).map(labelOf),
    selects: all
      .filter(({ type }) => type === 3)
      .map(({ placeholder, options }) => ({
        placeholder: placeholder ?? "",
        options: (options ?? []).map(({ label }) => label),
      })),
    files: message.files.map(({ filename }) => filename),
    pictures: all.flatMap(({ items }) => (items ?? []).map(({ description }) => description ?? "")),
    private: message.onlyFor !== undefined,
    thinking: message.loading,
  };
}

function labelOf({ label = "", disabled, url }: Component): string {
  if (url) return `${label} → ${url}`;
  return disabled ? `(${label})` : label;
}
