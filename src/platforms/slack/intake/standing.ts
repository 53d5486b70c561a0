import type { Place } from "../../../core/context.ts";
import type { Log } from "../../../core/log.ts";
import type { MessageRef } from "../../../core/platform.ts";
import type { Reply } from "../../../core/reply.ts";
import { findPosted, type Uploaded, updateReply } from "../talk/outgoing.ts";
import type { Workspace } from "../transport/workspaces.ts";

/** Where an answer stands, as plain data: a later process goes on with the same message. */
export interface Standing {
  ref: MessageRef;
  /** What the message has got already. */
  uploaded: string[];
  /** Its steps are shown as a live plan that has not ended. */
  plan?: boolean;
}

/** How an answer is known to a later process. */
export interface Ticket {
  /** The event's key; it goes with the message, unseen. */
  key: string;
  /** Resolves when that is on disk, as far as the event is. */
  note(standing: Standing): Promise<void>;
  /** Set when an earlier process began the answer; empty when that one noted nothing. */
  begun?: { note?: Standing };
}

/**
 * Shows a reply in the message that an earlier process posted for the same event, and returns that message; undefined when none is known or
 * it can no longer be changed. Slack lets the app look for one it did not note only where it may read: in direct messages.
 */
export async function takeUp(
  workspace: Workspace,
  to: Place,
  reply: Reply,
  { key, begun }: Ticket,
  log: Log,
): Promise<{ ref: MessageRef; uploaded: Uploaded } | undefined> {
  try {
    const noted = begun?.note?.ref.place.channel === to.channel ? begun.note : undefined;
    const id = noted ? noted.ref.id : await findPosted(workspace, to, key);
    if (id === undefined) return undefined;
    const ref = noted?.ref ?? { place: to, id };
    // Slack refuses to edit a plan that is still open.
    if (noted?.plan)
      await workspace.client.chat.stopStream({ channel: ref.place.channel, ts: ref.id }).catch((error: unknown) => {
        log.debug("slack plan had ended", { error: String(error) });
      });
    const uploaded: Uploaded = new Set(noted?.uploaded);
    await updateReply(workspace, ref, reply, uploaded);
    return { ref, uploaded };
  } catch (error) {
    log.debug("slack answer not taken up", { error: String(error) });
    return undefined;
  }
}
