import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "discord.js";
import { deliver, type Sink } from "../../../chat/deliver.ts";
import type { Caller } from "../../../core/context.ts";
import type { Reply } from "../../../core/reply.ts";
import { readText } from "../../../core/text.ts";
import { type Payload, render } from "../draw/render.ts";
import { limits } from "../limits.ts";
import { keptId } from "../talk/kept-answers.ts";
import { say, sentences } from "../talk/sentences.ts";
import { dispatch, type Session } from "../talk/session.ts";
import { isUnreachable } from "../transport/failures.ts";
import { refusal } from "./guard.ts";
import { callerOfMessage, saidTo } from "./read.ts";

/** How often (ms) a message that waits for its turn looks whether it has come, or the bot stops. */
const lookAgain = 500;

/** Whether a message is being said now, or was found in the history: many of those may come at once without their asker's haste. */
export type Arrival = "live" | "late";

/**
 * Answers a message that speaks to the bot: a direct one, a mention, or a reply with a ping. Ignores all others. Resolves with whether that is
 * done with; else the bot stops, and the message is found after the next start. Never throws.
 */
export async function handleMessage(session: Session, message: Message, arrival: Arrival): Promise<boolean> {
  const said = saidTo(session.client.user.id, message);
  if (said === null) return true;
  const caller = callerOfMessage(message);
  try {
    let wait = await session.wait(caller.person.id);
    while (wait && arrival === "late" && !session.stopping()) {
      await sleep(lookAgain);
      wait = await session.wait(caller.person.id);
    }
    if (session.stopping()) return false;
    if (!wait) await answer(session, message, caller, said);
    else if (wait.first) await tell(session, message, caller, say(sentences.tooMuch(wait.seconds)));
  } catch (error) {
    const level = isUnreachable(error) ? "warn" : "error";
    session.app.log[level]("message not answered", { channel: message.channelId, error });
  }
  return true;
}

async function answer(session: Session, message: Message, caller: Caller, said: string): Promise<void> {
  if (!said) return tell(session, message, caller, say(sentences.empty));
  const { command, options } = readText(said, session.app.commands);
  const refused = refusal(session, { command }, () => sceneOf(session, message, caller));
  if (refused) return tell(session, message, caller, say(refused));
  await withTyping(session, message.channelId, (sent) =>
    deliver(dispatch(session, { command, options, caller }), sinkOf(session, message, caller, command, sent)),
  );
}

function sceneOf({ client }: Session, { channel, guild }: Message, { place }: Caller) {
  const permissions = channel.isDMBased() ? undefined : channel.permissionsFor(client.user)?.bitfield;
  return { hosted: guild !== null, permissions: permissions ?? 0n, place };
}

/** Shows the typing sign while an answer takes its time. */
async function withTyping({ api }: Session, channel: string, work: (sent: () => void) => Promise<void>): Promise<void> {
  const timer = setTimeout(() => void api.typing(channel).catch(() => {}), limits.answerWithin);
  try {
    await work(() => clearTimeout(timer));
  } finally {
    clearTimeout(timer);
  }
}

async function tell(session: Session, message: Message, caller: Caller, reply: Reply): Promise<void> {
  await sinkOf(session, message, caller, "", () => {}).send(reply);
}

function sinkOf(session: Session, message: Message, caller: Caller, origin: string, sent: () => void): Sink {
  const { api, kept } = session;
  const direct = caller.place.direct === true;
  let id = "";
  const draw = (reply: Reply): Payload => {
    if (reply.audience !== "asker" || direct) return session.draw(reply, { origin });
    kept.keep(message.id, caller.person.id, origin, reply);
    return offer(message.id);
  };
  return {
    async send(reply) {
      sent();
      const payload = draw(reply);
      id = await api.send(message.channelId, payload, { key: caller.event, ...(!direct && { answers: message.id }) });
    },
    edit: (reply) => api.edit(message.channelId, id, draw(reply)),
  };
}

/** A public message that leads to an answer only its asker may see. */
function offer(mention: string): Payload {
  const payload = render(say(sentences.private));
  const [container] = payload.body.components ?? [];
  if (container?.type === 17) {
    container.components.push({
      type: 1,
      components: [{ type: 2, style: 1, label: sentences.showPrivate, custom_id: keptId(mention) }],
    });
  }
  return payload;
}
