import { checkBlocks } from "./check-blocks.ts";
import { checkMrkdwn } from "./check-text.ts";
import { addMessage, type Json, type SlackChannel, type SlackMessage, type SlackTeam, type World } from "./world.ts";

/** What a Web API method is called with. */
export interface Session {
  world: World;
  team: SlackTeam;
  args: Json;
}
export type Method = (session: Session) => Json;

/** A method's `ok: false`. */
export class ApiError extends Error {
  readonly more: Json;
  constructor(code: string, more: Json = {}) {
    super(code);
    this.more = more;
  }
}

/** The channel of a call, if the bot may write there. */
export function writable({ team, args }: Session): SlackChannel {
  const channel = team.channels.get(String(args.channel ?? args.channel_id));
  if (!channel) throw new ApiError("channel_not_found");
  if (channel.archived) throw new ApiError("is_archived");
  if (!channel.members.has(team.botUser)) throw new ApiError(channel.hidden ? "channel_not_found" : "not_in_channel");
  if (channel.restricted) throw new ApiError("restricted_action");
  return channel;
}

/** Records and refuses what is wrong with a message's words and blocks. */
export function refuseBadMessage(world: World, given: Json, method: string): void {
  const args = toOne(given, method) ? withoutNames(given) : given;
  const { text, blocks, attachments } = args;
  if (attachments !== undefined) world.problem(`${method}: attachments are the old look`);
  if (blocks === undefined && (text === undefined || text === "")) throw bad(world, method, "no_text", ["no text"]);
  if (blocks !== undefined && (typeof text !== "string" || text.trim() === "")) {
    world.problem(`${method}: blocks without top-level text: notifications and screen readers get nothing`);
  }
  const said = typeof text === "string" ? text : "";
  for (const one of checkMrkdwn(said, "text")) world.problem(`${method}: ${one}`);
  if (said.length > 4000) world.problem(`${method}: text of ${said.length} characters (aim below 4000)`);
  const wrong = blocks === undefined ? [] : checkBlocks(blocks, "message");
  if (wrong.length > 0)
    throw bad(
      world,
      method,
      wrong[0]?.startsWith("msg_blocks_too_long") ? "msg_blocks_too_long" : "invalid_blocks",
      wrong,
    );
}

/** Whether only one person is told; then a mention rings nobody's bell. */
function toOne({ channel, response_type: type }: Json, method: string): boolean {
  if (method === "response_url") return type !== "in_channel";
  return method === "chat.postEphemeral" || String(channel).startsWith("D");
}

const withoutNames = (args: Json): Json =>
  JSON.parse(JSON.stringify(args).replaceAll(/<@[UW][A-Z0-9]+>/g, "somebody")) as Json;

function bad(world: World, method: string, code: string, messages: string[]): ApiError {
  world.problem(`${method}: ${code}: ${messages.join("; ")}`);
  return new ApiError(code, { errors: messages, response_metadata: { messages } });
}

export function findMessage(channel: SlackChannel, ts: unknown): SlackMessage {
  const message = channel.messages.find((one) => one.ts === ts && !one.deleted);
  if (!message) throw new ApiError("message_not_found");
  return message;
}

/** Replaces what a message shows. Slack's clients keep a block with the same block_id and may not redraw it. */
export function replaceContent(world: World, message: SlackMessage, args: Json, method: string): void {
  const before = new Map(message.blocks.map((block) => [block.block_id, JSON.stringify(block)]));
  for (const block of (args.blocks as Json[] | undefined) ?? []) {
    const same = block.block_id === undefined ? undefined : before.get(block.block_id);
    if (same !== undefined && same !== JSON.stringify(block))
      world.problem(`${method}: block_id ${String(block.block_id)} kept over a change`);
  }
  message.text = String(args.text ?? "");
  message.blocks = (args.blocks as Json[] | undefined) ?? [];
  message.versions.push(message.text);
  world.changed();
}

const post: Method = (session) => {
  const { world, team, args } = session;
  // A user's id opens the direct channel, as with the real method.
  const channel = writable(session);
  refuseBadMessage(world, args, "chat.postMessage");
  if (args.thread_ts !== undefined && !channel.messages.some(({ ts }) => ts === args.thread_ts)) {
    world.problem(`chat.postMessage: thread ${String(args.thread_ts)} does not exist`);
  }
  if (args.unfurl_links !== false) world.problem("chat.postMessage: links would unfurl");
  const message = addMessage(world, channel, {
    user: team.botUser,
    text: String(args.text ?? ""),
    blocks: (args.blocks as Json[] | undefined) ?? [],
    ...(args.thread_ts !== undefined && { thread: String(args.thread_ts) }),
    ...(args.metadata !== undefined && { metadata: args.metadata as Json }),
  });
  return { channel: channel.id, ts: message.ts, message: { ts: message.ts, text: message.text } };
};

const update: Method = (session) => {
  const { world, team, args } = session;
  const channel = writable(session);
  const message = findMessage(channel, args.ts);
  if (message.user !== team.botUser || message.onlyFor) throw new ApiError("cant_update_message");
  if (message.streaming) throw new ApiError("streaming_state_conflict");
  refuseBadMessage(world, args, "chat.update");
  replaceContent(world, message, args, "chat.update");
  return { channel: channel.id, ts: message.ts, text: message.text };
};

const remove: Method = (session) => {
  const message = findMessage(writable(session), session.args.ts);
  message.deleted = true;
  session.world.changed();
  return { ts: message.ts };
};

const ephemeral: Method = (session) => {
  const { world, team, args } = session;
  const channel = writable(session);
  if (!channel.members.has(String(args.user))) throw new ApiError("user_not_in_channel");
  refuseBadMessage(world, args, "chat.postEphemeral");
  const message = addMessage(world, channel, {
    user: team.botUser,
    text: String(args.text ?? ""),
    blocks: (args.blocks as Json[] | undefined) ?? [],
    onlyFor: String(args.user),
    ...(args.thread_ts !== undefined && { thread: String(args.thread_ts) }),
  });
  return { message_ts: message.ts };
};

const permalink: Method = ({ world, team, args }) => {
  const channel = team.channels.get(String(args.channel));
  if (!channel) throw new ApiError("channel_not_found");
  findMessage(channel, args.message_ts);
  return {
    channel: channel.id,
    permalink: `https://${team.name}.slack.test/archives/${channel.id}/p${String(args.message_ts).replace(".", "")}?at=${world.now()}`,
  };
};

const history: Method = ({ team, args }) => {
  const channel = team.channels.get(String(args.channel));
  if (!channel) throw new ApiError("channel_not_found");
  const needed = channel.kind === "im" ? "im:history" : "channels:history";
  if (!team.scopes.has(needed)) throw new ApiError("missing_scope", { needed });
  const seen = channel.messages.filter(
    ({ deleted, onlyFor, thread, ts }) =>
      !deleted &&
      !onlyFor &&
      (args.ts === undefined ? thread === undefined : thread === args.ts || ts === args.ts) &&
      (args.oldest === undefined || Number(ts) >= Number(args.oldest)),
  );
  return {
    messages: seen
      .slice(-Number(args.limit ?? 100))
      .reverse()
      .map((one) => ({
        ts: one.ts,
        text: one.text,
        user: one.user,
        ...(args.include_all_metadata && one.metadata ? { metadata: one.metadata } : {}),
      })),
  };
};

/** Posting, editing, reading. */
export const chatMethods: Record<string, Method> = {
  "chat.postMessage": post,
  "chat.update": update,
  "chat.delete": remove,
  "chat.postEphemeral": ephemeral,
  "chat.getPermalink": permalink,
  "conversations.history": history,
  "conversations.replies": history,
};
