import type { App as Bolt } from "@slack/bolt";
import type { Place } from "../../../core/context.ts";
import { limits } from "../limits.ts";
import { sayEmpty } from "../talk/sentences.ts";
import { persist, refusalOf } from "../transport/failures.ts";
import { farewell } from "./farewell.ts";
import type { Ears } from "./listen.ts";
import { readSaid } from "./read.ts";
import { prompts } from "./shortcuts.ts";
import { type Body, eventKey, isSaid } from "./told.ts";

/** A message somebody wrote, in a channel with a mention or to the app directly. */
interface Said {
  /** See {@link eventKey}. */
  event: string;
  team: string;
  channel: string;
  user: string | undefined;
  text: string;
  ts: string;
  thread_ts?: string;
  direct: boolean;
}

/** Registers what the app hears without being pressed: mentions, direct messages, its home, its removal. */
export function listenToEvents(bolt: Bolt, ears: Ears): void {
  const { conversation, workspaces, app, fresh } = ears;

  async function hear(said: Said): Promise<void> {
    const { event } = said;
    if (said.user === undefined || !fresh(event)) return;
    const workspace = await workspaces.of(said.team);
    const place: Place = {
      platform: "slack",
      workspace: said.team,
      channel: said.channel,
      ...(said.thread_ts !== undefined && { thread: said.thread_ts }),
      ...(said.direct && { direct: true }),
    };
    const request = {
      workspace,
      user: said.user,
      place,
      event,
      thread: said.thread_ts ?? said.ts,
      private: false,
      status: true,
    };
    const read = readSaid(said.text, app.commands, workspace.botUser);
    if (!read) return conversation.tell(request, sayEmpty());
    await conversation.run(request, read);
  }

  bolt.event("app_mention", async ({ event, context, body }) => {
    if (!isSaid(event)) return;
    await hear({
      event: eventKey(body as unknown as Body),
      team: context.teamId ?? event.team ?? "",
      channel: event.channel,
      user: event.user,
      text: event.text,
      ts: event.ts,
      ...(event.thread_ts !== undefined && { thread_ts: event.thread_ts }),
      direct: false,
    });
  });

  bolt.event("message", async ({ event, context, body }) => {
    if (event.subtype !== undefined && event.subtype !== "file_share") return;
    if (!isSaid(event)) return;
    await hear({
      event: eventKey(body as unknown as Body),
      team: context.teamId ?? "",
      channel: event.channel,
      user: event.user,
      text: event.text ?? "",
      ts: event.ts,
      ...(event.thread_ts !== undefined && { thread_ts: event.thread_ts }),
      direct: true,
    });
  });

  bolt.event("app_home_opened", async ({ event, context }) => {
    const workspace = await workspaces.of(context.teamId ?? "");
    if (event.tab === "messages") {
      if (workspace.refused.has("prompts")) return;
      await persist(
        () =>
          workspace.client.apiCall("assistant.threads.setSuggestedPrompts", {
            channel_id: event.channel,
            prompts: prompts.slice(0, limits.suggestedPrompts),
          }),
        true,
      ).catch((error: unknown) => {
        if (refusalOf(error) === undefined) throw error;
        workspace.refused.add("prompts");
      });
      return;
    }
    await ears.home(workspace, event.user, `slack:home:${workspace.id}:${event.user}:${event.event_ts}`);
  });

  bolt.event("agent_session_stopped", async ({ event }) => {
    conversation.cancel(event.channel, event.thread_ts);
  });

  bolt.event("app_uninstalled", async ({ body }) => farewell(body.team_id, body.event_time, ears));
  bolt.event("tokens_revoked", async ({ event, body }) => {
    if (event.tokens.bot?.length) await farewell(body.team_id, body.event_time, ears);
  });
  bolt.event("team_access_revoked", async ({ event, body }) => {
    for (const team of event.team_ids) await farewell(team, body.event_time, ears);
  });
}
