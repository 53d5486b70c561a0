import type { ModalView } from "@slack/types";
import { type Asking, readAsk } from "../intake/action.ts";
import { limits } from "../limits.ts";
import { shorten, visible } from "./visible.ts";

/** Where a modal came from, kept in the modal itself so that it works after a restart. */
export interface Origin {
  channel: string;
  thread?: string;
  direct: boolean;
  /** Whether the pressed message was for the asker alone. */
  private: boolean;
  responseUrl?: string;
}

export const askView = "ask";
const inputBlock = "answer";
const inputAction = "text";

/** The form of an ask control. `value` is the control's own value. */
export function modalFor(asking: Asking, value: string, origin: Origin): ModalView {
  const metadata = JSON.stringify({
    v: value,
    c: origin.channel,
    t: origin.thread,
    d: origin.direct,
    p: origin.private,
    r: origin.responseUrl,
  });
  return {
    type: "modal",
    callback_id: askView,
    private_metadata:
      metadata.length <= limits.privateMetadata ? metadata : JSON.stringify({ v: value, c: origin.channel }),
    title: {
      type: "plain_text",
      text: titleOf(asking.title),
      emoji: false,
    },
    submit: { type: "plain_text", text: "Send", emoji: false },
    close: { type: "plain_text", text: "Cancel", emoji: false },
    blocks: [
      {
        type: "input",
        block_id: inputBlock,
        label: {
          type: "plain_text",
          text: shorten(visible(asking.title).trim(), limits.modalLabel) || "Your text",
          emoji: false,
        },
        element: {
          type: "plain_text_input",
          action_id: inputAction,
          multiline: asking.multiline,
          max_length: limits.input,
        },
      },
    ],
  };
}

/** The form's title. One that is too long stands above the field alone: a title that breaks off tells nothing. */
function titleOf(title: string): string {
  const whole = visible(title).replace(/\s+/g, " ").trim();
  return whole.length > 0 && whole.length <= limits.modalTitle ? whole : "Bakehouse";
}

/** What a sent form says; null when it is not one of ours. */
export function readSubmission(view: {
  private_metadata?: string;
  state?: { values?: Record<string, Record<string, { value?: string | null }>> };
}): {
  asking: Asking;
  origin: Origin;
  text: string;
} | null {
  try {
    const given = JSON.parse(view.private_metadata ?? "") as {
      v?: unknown;
      c?: unknown;
      t?: unknown;
      d?: unknown;
      p?: unknown;
      r?: unknown;
    };
    const asking = typeof given.v === "string" ? readAsk(given.v) : null;
    if (!asking || typeof given.c !== "string") return null;
    return {
      asking,
      text: view.state?.values?.[inputBlock]?.[inputAction]?.value ?? "",
      origin: {
        channel: given.c,
        direct: given.d === true,
        private: given.p !== false,
        ...(typeof given.t === "string" && { thread: given.t }),
        ...(typeof given.r === "string" && { responseUrl: given.r }),
      },
    };
  } catch {
    return null;
  }
}
