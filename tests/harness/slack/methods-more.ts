import { checkBlocks, checkView } from "./check-blocks.ts";
import { ApiError, findMessage, type Method, writable } from "./methods-chat.ts";
import { addMessage, directChannel, type Json, type SlackMessage } from "./world.ts";

const startStream: Method = (session) => {
  const { world, team, args } = session;
  const channel = writable(session);
  if (!args.thread_ts) throw new ApiError("invalid_thread_ts");
  if (channel.kind === "channel" && !(args.recipient_user_id && args.recipient_team_id))
    throw new ApiError("missing_recipient_user_id");
  const message = addMessage(world, channel, {
    user: team.botUser,
    thread: String(args.thread_ts),
    streaming: { recipient: String(args.recipient_user_id ?? "") },
    plan: { title: "", tasks: new Map() },
  });
  takeChunks(message, args, world.problem);
  world.changed();
  return { channel: channel.id, ts: message.ts };
};

const appendStream: Method = (session) => {
  const message = findMessage(writable(session), session.args.ts);
  if (!message.streaming) throw new ApiError("message_not_in_streaming_state");
  takeChunks(message, session.args, session.world.problem);
  session.world.changed();
  return { channel: message.channel, ts: message.ts };
};

const stopStream: Method = (session) => {
  const { world, args } = session;
  const message = findMessage(writable(session), args.ts);
  if (!message.streaming) throw new ApiError("message_not_in_streaming_state");
  takeChunks(message, args, world.problem);
  const wrong = args.blocks === undefined ? [] : checkBlocks(args.blocks, "message");
  if (wrong.length > 0) {
    world.problem(`chat.stopStream: ${wrong.join("; ")}`);
    throw new ApiError("invalid_blocks", { errors: wrong });
  }
  if ([...(message.plan?.tasks.values() ?? [])].some(({ status }) => status === "in_progress"))
    world.problem("chat.stopStream: a task is left in progress");
  delete message.streaming;
  message.blocks = [...message.blocks, ...((args.blocks as Json[] | undefined) ?? [])];
  message.versions.push(message.text);
  world.changed();
  return { channel: message.channel, ts: message.ts };
};

const statuses = ["pending", "in_progress", "complete", "error"];

function takeChunks(message: SlackMessage, args: Json, problem: (text: string) => void): void {
  const size = JSON.stringify(args.chunks ?? args.markdown_text ?? "").length;
  if (size > 12_000) problem(`stream: ${size} of at most 12000 characters a call`);
  if (typeof args.markdown_text === "string") message.text += args.markdown_text;
  for (const chunk of (args.chunks as Json[] | undefined) ?? []) {
    switch (chunk.type) {
      case "task_update":
        if (
          typeof chunk.id !== "string" ||
          typeof chunk.title !== "string" ||
          !chunk.title ||
          !statuses.includes(String(chunk.status))
        ) {
          problem(`stream: bad task ${JSON.stringify(chunk)}`);
        }
        message.plan?.tasks.set(String(chunk.id), chunk);
        break;
      case "plan_update":
        if (typeof chunk.title !== "string" || !chunk.title) problem("stream: a plan without a title");
        if (message.plan) message.plan.title = String(chunk.title);
        break;
      case "markdown_text":
        message.text += String(chunk.text);
        break;
      case "blocks":
        for (const one of checkBlocks(chunk.blocks, "message")) problem(`stream: ${one}`);
        message.blocks.push(...(chunk.blocks as Json[]));
        break;
      default:
        problem(`stream: unknown chunk ${String(chunk.type)}`);
    }
  }
}

const setStatus: Method = (session) => {
  const channel = writable(session);
  const { team, args } = session;
  if (!args.thread_ts) throw new ApiError("invalid_arguments");
  team.statuses.push({ channel: channel.id, thread: String(args.thread_ts), status: String(args.status) });
  session.world.changed();
  return {};
};

const setPrompts: Method = (session) => {
  const { world, team, args } = session;
  if (args.thread_ts !== undefined)
    world.problem("assistant.threads.setSuggestedPrompts: fails silently with thread_ts under agent_view");
  const prompts = args.prompts as Json[];
  if (!Array.isArray(prompts) || prompts.length < 1 || prompts.length > 4) throw new ApiError("invalid_arguments");
  if (prompts.some(({ title, message }) => !title || !message)) throw new ApiError("invalid_arguments");
  team.prompts.set(String(args.channel_id), prompts);
  world.changed();
  return {};
};

const userInfo: Method = ({ team, args }) => {
  const user = team.users.get(String(args.user));
  if (!user) throw new ApiError("user_not_found");
  return {
    user: {
      id: user.id,
      name: user.name,
      is_admin: user.admin,
      is_owner: false,
      is_bot: false,
      ...(args.include_locale === true && { locale: user.locale }),
      tz: user.zone,
      profile: { display_name: user.display, real_name: user.display },
    },
  };
};

const openDirect: Method = ({ world, team, args }) => {
  const user = String(args.users);
  if (!team.users.has(user)) throw new ApiError("user_not_found");
  return { channel: { id: directChannel(world, team, user).id } };
};

/** The view of a call. Throws what Slack says about a bad one. */
export function viewOf(session: Parameters<Method>[0], method: string): Json {
  const wrong = checkView(session.args.view);
  if (wrong.length === 0) return session.args.view as Json;
  session.world.problem(`${method}: ${wrong.join("; ")}`);
  throw new ApiError("invalid_arguments", { response_metadata: { messages: wrong } });
}

const publish: Method = (session) => {
  const { world, team, args } = session;
  const view = viewOf(session, "views.publish");
  team.homes.set(String(args.user_id), view);
  world.changed();
  return { view: { id: world.id("V"), hash: String(world.now()) } };
};

/** Everything that is not plain posting. `views.open` and the upload addresses need the server and stand in `api.ts`. */
export const moreMethods: Record<string, Method> = {
  "chat.startStream": startStream,
  "chat.appendStream": appendStream,
  "chat.stopStream": stopStream,
  "assistant.threads.setStatus": setStatus,
  "assistant.threads.setSuggestedPrompts": setPrompts,
  "users.info": userInfo,
  "conversations.open": openDirect,
  "views.publish": publish,
};
