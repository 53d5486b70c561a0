import type { Message } from "discord.js";
import type { Caller } from "../../../core/context.ts";
import type { App } from "../../../core/platform.ts";
import { limits } from "../limits.ts";
import type { Menu } from "./menus.ts";

/** Everything that can be read in a message: its text, its embeds, and the texts of its components. */
export function textOf({ content, embeds, components }: Pick<Message, "content" | "embeds" | "components">): string {
  const shown = embeds.flatMap(({ title, description }) => [title, description]);
  const texts: string[] = [];
  const collect = (component: unknown) => {
    const { content: said, components: inner } = component as { content?: string; components?: unknown[] };
    if (typeof said === "string") texts.push(said);
    inner?.forEach(collect);
  };
  components.forEach(collect);
  return [content, ...shown, ...texts].filter(Boolean).join("\n").trim();
}

/** What a menu's option is filled with: the text, or the best of the choices that it leads to. */
export async function menuOption(app: App, menu: Menu, said: string, caller: Caller): Promise<string> {
  if (!menu.through) return said;
  const { command, option } = menu.through;
  for (const { value } of await app.complete(command, option, said, caller)) {
    const known = await app.complete(menu.command, menu.option, value, caller);
    if (known.some((choice) => choice.value === value)) return value;
  }
  return said.slice(0, limits.choiceText).toWellFormed();
}
