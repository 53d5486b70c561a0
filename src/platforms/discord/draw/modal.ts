import type { APIModalInteractionResponseCallbackData } from "discord.js";
import type { Command } from "../../../core/command.ts";
import type { ReadId } from "../intake/custom-id.ts";
import { limits } from "../limits.ts";
import { sentences } from "../talk/sentences.ts";
import { cut, visible } from "./safe.ts";

const field = "value";

/** The window that an `ask` control opens. `title`: what the control says it asks for; `label`: what stands on its button. */
export function modalOf(
  id: string,
  { press, fills, multiline }: ReadId & { kind: "select" | "ask" },
  title: string,
  label: string,
  commands: readonly Command[],
): APIModalInteractionResponseCallbackData {
  const described = commands.find(({ name }) => name === press.command)?.options.shape[fills]?.description;
  return {
    custom_id: id,
    title: cut(visible(title).trim() || sentences.modalTitle, limits.modalTitle),
    components: [
      {
        type: 18,
        label: cut(visible(label).trim() || sentences.modalTitle, limits.modalLabel),
        ...(described && { description: cut(visible(described), limits.modalDescription) }),
        component: {
          type: 4,
          custom_id: field,
          style: multiline ? 2 : 1,
          min_length: 1,
          max_length: limits.textInput,
          required: true,
        },
      },
    ],
  };
}

/** The name of the one text field in {@link modalOf}'s window. */
export const modalField = field;
