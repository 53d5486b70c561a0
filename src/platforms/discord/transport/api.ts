import { hash } from "node:crypto";
import type {
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  REST,
} from "discord.js";
import type { Payload } from "../draw/render.ts";
import { flags, limits } from "../limits.ts";
import { isRefused, persist } from "./failures.ts";

/** What an interaction is answered with: its id and its token. */
export interface Trigger {
  id: string;
  token: string;
  applicationId: string;
}

type Edited = Pick<Payload, "body" | "files">;

/**
 * Everything this platform tells Discord, over the library's REST client and its queues.
 * Throws the library's errors; passing failures are tried again.
 */
export function createApi(rest: REST) {
  const callback = async ({ id, token }: Trigger, body: object, files: Payload["files"] = []): Promise<void> => {
    try {
      await persist(() => rest.post(`/interactions/${id}/${token}/callback`, { body, files, auth: false }));
    } catch (error) {
      // A try whose answer got lost has worked: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
      if (!isRefused(error, "alreadyAnswered")) throw error;
    }
  };
  const withFlags = ({ body }: Edited, more: number) => ({ ...body, flags: body.flags | more });
  const hidden = (ephemeral: boolean) => (ephemeral ? flags.ephemeral : 0);

  return {
    /** Answers with a new message. */
    reply: (trigger: Trigger, payload: Edited, ephemeral: boolean) =>
      callback(trigger, { type: 4, data: withFlags(payload, hidden(ephemeral)) }, payload.files),
    /** Answers by changing the message whose control was pressed. */
    update: (trigger: Trigger, payload: Edited) => callback(trigger, { type: 7, data: payload.body }, payload.files),
    /** Says "thinking …"; the first edit or follow-up takes its place. */
    deferReply: (trigger: Trigger, ephemeral: boolean) =>
      callback(trigger, { type: 5, data: { flags: hidden(ephemeral) } }),
    /** Accepts a press without showing anything yet. */
    deferUpdate: (trigger: Trigger) => callback(trigger, { type: 6 }),
    suggest: (trigger: Trigger, choices: APIApplicationCommandOptionChoice[]) =>
      callback(trigger, { type: 8, data: { choices } }),
    ask: (trigger: Trigger, modal: APIModalInteractionResponseCallbackData) =>
      callback(trigger, { type: 9, data: modal }),
    /** Edits the answer, or the follow-up of that id. */
    async editAnswer({ applicationId, token }: Trigger, payload: Edited, message = "@original"): Promise<void> {
      const { body, files } = payload;
      await persist(() =>
        rest.patch(`/webhooks/${applicationId}/${token}/messages/${message}`, { body, files, auth: false }),
      );
    },
    /** A second message after the answer; returns its id. */
    async followUp({ applicationId, token }: Trigger, payload: Edited, ephemeral: boolean): Promise<string> {
      const body = withFlags(payload, hidden(ephemeral));
      const sent = await rest.post(`/webhooks/${applicationId}/${token}`, { body, files: payload.files, auth: false });
      return (sent as APIMessage).id;
    },
    /** Posts as the bot; of several posts with one `key`, Discord keeps the first. Returns the message's id. */
    async send(
      channel: string,
      payload: Edited,
      { key, answers, silent }: { key: string; answers?: string; silent?: boolean },
    ): Promise<string> {
      const body = {
        ...withFlags(payload, silent ? flags.suppressNotifications : 0),
        nonce: nonceOf(key),
        enforce_nonce: true,
        ...(answers !== undefined && {
          message_reference: { message_id: answers, fail_if_not_exists: false },
          allowed_mentions: { parse: [], replied_user: false },
        }),
      };
      const sent = await persist(() => rest.post(`/channels/${channel}/messages`, { body, files: payload.files }));
      return (sent as APIMessage).id;
    },
    /** Edits a message of the bot's own; an archived thread is opened again first. */
    async edit(channel: string, message: string, payload: Edited): Promise<void> {
      const { body, files } = payload;
      const write = () => persist(() => rest.patch(`/channels/${channel}/messages/${message}`, { body, files }));
      try {
        await write();
      } catch (error) {
        if (!isRefused(error, "archived")) throw error;
        await rest.patch(`/channels/${channel}`, { body: { archived: false } });
        await write();
      }
    },
    /** Opens a thread under a message and returns its id; the one that is there already counts. Null where the channel can have none. */
    async openThread(channel: string, message: string, title: string): Promise<string | null> {
      try {
        const body = { name: title, auto_archive_duration: 1440 };
        const thread = await persist(() => rest.post(`/channels/${channel}/messages/${message}/threads`, { body }));
        return (thread as { id: string }).id;
      } catch (error) {
        // A thread under a message has that message's id: https://discord.com/developers/docs/topics/threads
        if (isRefused(error, "threadExists")) return message;
        if (isRefused(error, "wrongChannelType")) return null;
        throw error;
      }
    },
    async typing(channel: string): Promise<void> {
      await rest.post(`/channels/${channel}/typing`);
    },
    /** The first hundred messages after that id, newest first. */
    async messagesAfter(channel: string, after: string): Promise<APIMessage[]> {
      const query = new URLSearchParams({ after, limit: String(limits.messagesPerPage) });
      return (await rest.get(`/channels/${channel}/messages`, { query })) as APIMessage[];
    },
  };
}

export type Api = ReturnType<typeof createApi>;

function nonceOf(key: string): string {
  return hash("sha256", key, "base64url").slice(0, limits.nonce);
}
