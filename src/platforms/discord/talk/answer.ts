import type { Sink } from "../../../chat/deliver.ts";
import type { Reply } from "../../../core/reply.ts";
import type { Payload } from "../draw/render.ts";
import { render } from "../draw/render.ts";
import { limits } from "../limits.ts";
import type { Api, Trigger } from "../transport/api.ts";
import { say, sentences } from "./sentences.ts";

/** How an interaction is answered. */
export interface AnswerOptions {
  /** Change the pressed message instead of sending another one. */
  update: boolean;
  /** Only the asker sees the answer, unless the reply is for the channel. */
  ephemeral: boolean;
  /** Acknowledge before anything else is done: the interaction is late already, or its command may take a while. */
  first: boolean;
  draw(reply: Reply): Payload;
}

/**
 * Where the replies to an interaction go. A quick answer is sent as it is, in one request; a slow one is announced first, so that
 * Discord's three seconds are kept. `acknowledged` rejects when such an interaction is refused: nothing has to be done for it then.
 */
export function answerTo(api: Api, trigger: Trigger, options: AnswerOptions): Sink & { acknowledged: Promise<void> } {
  const { update, ephemeral, draw } = options;
  let target = "@original";
  let announced: Promise<void> | undefined;
  const announce = () => {
    announced = update ? api.deferUpdate(trigger) : api.deferReply(trigger, ephemeral);
    // Whoever sends the answer sees the failure.
    announced.catch(() => {});
    return announced;
  };
  const timer = options.first ? undefined : setTimeout(() => void announce().catch(() => {}), limits.answerWithin);

  async function send(reply: Reply): Promise<void> {
    clearTimeout(timer);
    const shared = reply.audience === "channel";
    if (!announced) {
      if (update && !shared) await api.update(trigger, draw(reply));
      else await api.reply(trigger, draw(reply), ephemeral && !shared);
      return;
    }
    await announced;
    if (!shared || !(ephemeral || update)) return api.editAnswer(trigger, draw(reply));
    // The first follow-up after "thinking …" would take its place and stay private, so that is edited first.
    if (!update) await api.editAnswer(trigger, render(say(sentences.shared)));
    target = await api.followUp(trigger, draw(reply), false);
  }

  return {
    send,
    edit: (reply) => api.editAnswer(trigger, draw(reply), target),
    acknowledged: options.first ? announce() : Promise.resolve(),
  };
}
