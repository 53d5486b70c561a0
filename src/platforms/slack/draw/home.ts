import type { HomeView } from "@slack/types";
import type { Caller } from "../../../core/context.ts";
import type { App } from "../../../core/platform.ts";
import { type Block, heading, type Press, type Reply, reply, text } from "../../../core/reply.ts";
import { homeButtons, homeParts } from "../intake/shortcuts.ts";
import { limits } from "../limits.ts";
import { persist } from "../transport/failures.ts";
import type { Workspace } from "../transport/workspaces.ts";
import { renderAnew } from "./render.ts";

/** Draws a person's home tab from the answers of commands. */
export async function publishHome(workspace: Workspace, user: string, caller: Caller, app: App): Promise<void> {
  const known = new Set(app.commands.map(({ name }) => name));
  const exists = ({ press }: { press: Press }) => known.has(press.command);
  const parts = await Promise.all(
    homeParts.filter((press) => exists({ press })).map((press) => lastReply(app, { ...press, caller })),
  );
  const buttons = homeButtons.filter(exists).map((button) => ({ kind: "button" as const, ...button }));
  const whole = reply(
    heading("Bakehouse, a tutor for Docker images and containers"),
    text(
      "Ask in the Messages tab, mention me in a channel, or use `/tutor` anywhere. I am an automated program and read only what is written to me.",
    ),
    buttons.length > 0 && { kind: "controls", controls: buttons },
    ...parts.flatMap((part): Block[] => part?.blocks ?? []),
  );
  const view: HomeView = { type: "home", blocks: renderAnew(whole, { most: limits.homeBlocks }).blocks };
  await persist(() => workspace.client.views.publish({ user_id: user, view }), true);
}

async function lastReply(app: App, invocation: Press & { caller: Caller }): Promise<Reply | undefined> {
  let last: Reply | undefined;
  for await (const one of app.dispatch(invocation)) last = one;
  return last;
}
