import type { Fault } from "./api.ts";
import { ApiError, refuseBadMessage, replaceContent } from "./methods-chat.ts";
import { addMessage, type Json, type SlackMessage, type SlackTeam, type World } from "./world.ts";

/** A response_url and where it leads. */
export interface ResponseUrl {
  team: SlackTeam;
  user: string;
  channel: string;
  thread?: string;
  /** The pressed message, when a control was pressed. */
  source?: SlackMessage;
  uses: number;
  until: number;
}

/** What the address answers. */
export interface Answered {
  status: number;
  said: string;
}

/** Takes a request to a response_url: five uses, half an hour, and only a pressed message can be replaced. */
export function takeResponse(
  world: World,
  target: ResponseUrl | undefined,
  fault: Fault | undefined,
  body: Buffer,
): Answered {
  const refuse = (said: string): Answered => {
    world.problem(`response_url: ${said}`);
    return { status: 404, said };
  };
  if (fault && "status" in fault) return { status: fault.status, said: "made to fail" };
  if (!target || world.now() > target.until) return refuse("expired_url");
  if (++target.uses > 5) return refuse("used_url");
  const args = JSON.parse(body.toString("utf8")) as Json;
  world.calls.push({ method: "response_url", args, team: target.team.id, error: undefined });
  const channel = target.team.channels.get(target.channel);
  if (!channel) return refuse("channel_not_found");
  try {
    refuseBadMessage(world, args, "response_url");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: 404, said: error.message };
  }
  if (args.replace_original) {
    if (!target.source) return refuse("replace_original without a pressed message");
    replaceContent(world, target.source, args, "response_url");
  } else {
    addMessage(world, channel, {
      user: target.team.botUser,
      text: String(args.text),
      blocks: (args.blocks as Json[] | undefined) ?? [],
      ...(args.response_type !== "in_channel" && { onlyFor: target.user }),
      ...(args.thread_ts !== undefined && { thread: String(args.thread_ts) }),
    });
  }
  return { status: 200, said: "ok" };
}
