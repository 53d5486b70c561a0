import type { KnownBlock } from "@slack/types";
import type { Place } from "../../../core/context.ts";
import type { MessageRef } from "../../../core/platform.ts";
import type { Reply } from "../../../core/reply.ts";
import { type Attachment, type Drawing, render, renderAnew } from "../draw/render.ts";
import { persist, refusalOf } from "../transport/failures.ts";
import type { Workspace } from "../transport/workspaces.ts";

/** Marks the app's announcements, so that one that was sent before a crash can be found. */
const eventType = "bakehouse_post";

/** Which attachments a message has got already, so that an edit does not upload them again. */
export type Uploaded = Set<string>;

interface PostOptions {
  key?: string;
  maybeSent?: boolean;
  /** Whether a post that may have arrived is tried again at once. */
  insist?: boolean;
}

/** Posts a reply and uploads its attachments below it. Throws what Slack says. */
export async function postReply(
  workspace: Workspace,
  place: Place,
  reply: Reply,
  options: PostOptions = {},
): Promise<MessageRef> {
  const drawing = render(reply);
  const found =
    options.key !== undefined && options.maybeSent ? await findPosted(workspace, place, options.key) : undefined;
  const ts = found ?? (await postDrawing(workspace, place, drawing, options));
  await attach(workspace, { ...place, thread: place.thread ?? ts }, drawing.attachments, new Set());
  return { place, id: ts };
}

/** Slack takes blocks as JSON, also where the types of the client library ask for objects. https://docs.slack.dev/reference/methods/chat.postMessage */
const encoded = ({ json }: Pick<Drawing, "json">) => json as unknown as KnownBlock[];

/** Posts a drawing without its attachments and returns its time stamp. */
export async function postDrawing(
  workspace: Workspace,
  place: Place,
  drawing: Pick<Drawing, "text" | "json">,
  options: PostOptions = {},
): Promise<string> {
  const { key } = options;
  const posted = await persist(
    () =>
      workspace.client.chat.postMessage({
        channel: place.channel,
        text: drawing.text,
        blocks: encoded(drawing),
        unfurl_links: false,
        unfurl_media: false,
        ...(place.thread !== undefined && { thread_ts: place.thread }),
        ...(key !== undefined && { metadata: { event_type: eventType, event_payload: { key } } }),
      }),
    options.insist ?? false,
  );
  if (!posted.ts) throw new Error("Slack posted a message without saying where");
  return posted.ts;
}

/** Changes a posted message; attachments that are new go below it. */
export async function updateReply(
  workspace: Workspace,
  ref: MessageRef,
  reply: Reply,
  uploaded: Uploaded,
): Promise<void> {
  const drawing = renderAnew(reply);
  await persist(
    () =>
      workspace.client.chat.update({
        channel: ref.place.channel,
        ts: ref.id,
        text: drawing.text,
        blocks: encoded(drawing),
      }),
    true,
  );
  await attach(workspace, { ...ref.place, thread: ref.place.thread ?? ref.id }, drawing.attachments, uploaded);
}

/** Uploads what is not there yet, each with its alternative text. https://docs.slack.dev/messaging/working-with-files */
export async function attach(
  workspace: Workspace,
  place: Place,
  attachments: readonly Attachment[],
  uploaded: Uploaded,
): Promise<void> {
  const fresh = attachments.filter((one) => !uploaded.has(nameOf(one)));
  if (fresh.length === 0) return;
  for (const one of fresh) uploaded.add(nameOf(one));
  await persist(
    () =>
      workspace.client.files.uploadV2({
        channel_id: place.channel,
        ...(place.thread !== undefined && { thread_ts: place.thread }),
        file_uploads: fresh.map(({ name, content, alt }) => ({
          file: Buffer.from(content),
          filename: name,
          title: alt === undefined ? name : alt.slice(0, 100),
          ...(alt !== undefined && { alt_text: alt }),
        })),
      } as Parameters<typeof workspace.client.files.uploadV2>[0]),
    false,
  );
}

const nameOf = ({ name, content }: Attachment) => `${name}/${content.length}`;

/**
 * The message that an earlier attempt posted under `key`, if it arrived. Reading a channel needs a history scope, which the app asks for
 * in direct messages only; where it is not granted, the answer is that none is known.
 */
export async function findPosted(workspace: Workspace, place: Place, key: string): Promise<string | undefined> {
  const scope = place.direct ? "im:history" : "channels:history";
  if (workspace.refused.has(scope)) return undefined;
  const { client } = workspace;
  try {
    const window = {
      channel: place.channel,
      limit: 100,
      include_all_metadata: true,
      oldest: String(Date.now() / 1000 - 86_400),
    };
    const { thread } = place;
    const { messages } = await persist(
      () =>
        thread === undefined
          ? client.conversations.history(window)
          : client.conversations.replies({ ...window, ts: thread }),
      true,
    );
    const found = messages?.find(({ metadata }) => {
      const payload = metadata?.event_payload as { key?: unknown } | undefined;
      return metadata?.event_type === eventType && payload?.key === key;
    });
    return found?.ts;
  } catch (error) {
    if (refusalOf(error) !== "missing_scope") throw error;
    workspace.refused.add(scope);
    return undefined;
  }
}
