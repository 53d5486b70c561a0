import type { AnyChunk } from "@slack/types";
import type { Place } from "../../../core/context.ts";
import type { Reply, Step, StepState } from "../../../core/reply.ts";
import { toPlain } from "../draw/mrkdwn.ts";
import type { Drawing } from "../draw/render.ts";
import { shorten } from "../draw/visible.ts";
import { limits } from "../limits.ts";
import { persist } from "../transport/failures.ts";
import type { Workspace } from "../transport/workspaces.ts";

const words: Record<StepState, "pending" | "in_progress" | "complete" | "error"> = {
  waiting: "pending",
  running: "in_progress",
  done: "complete",
  failed: "error",
};

/** A message whose steps are shown as a live plan. https://docs.slack.dev/ai/developing-agents#streaming */
export interface PlanStream {
  ts: string;
  /** Sends the steps that changed. */
  append(reply: Reply): Promise<void>;
  /** Ends the plan with the rest of the answer below it. */
  stop(reply: Reply, rest: Drawing): Promise<void>;
}

/** The steps of a reply, or none. */
export const stepsOf = (reply: Reply): Step[] =>
  reply.blocks.flatMap((block) => (block.kind === "steps" ? block.steps : []));

/** Starts a plan in a thread, with the steps of the first reply. Throws when Slack does not grant it. */
export async function startPlan(
  workspace: Workspace,
  place: Place & { thread: string },
  user: string,
  first: Reply,
): Promise<PlanStream> {
  const { client } = workspace;
  const shown = new Map<string, Task>();
  const started = await persist(
    () =>
      client.chat.startStream({
        channel: place.channel,
        thread_ts: place.thread,
        recipient_user_id: user,
        recipient_team_id: place.workspace,
        task_display_mode: "plan",
        chunks: [{ type: "plan_update", title: titleOf(first) }, ...changes(first, shown)],
      }),
    false,
  );
  const ts = started.ts;
  if (!ts) throw new Error("Slack started a stream without saying where");
  return {
    ts,
    async append(reply) {
      const chunks = changes(reply, shown);
      if (chunks.length === 0) return;
      await persist(() => client.chat.appendStream({ channel: place.channel, ts, chunks }), true);
    },
    async stop(reply, rest) {
      const chunks = changes(reply, shown, true);
      await persist(
        () =>
          client.chat.stopStream({
            channel: place.channel,
            ts,
            ...(chunks.length > 0 && { chunks }),
            ...(rest.blocks.length > 0 && { blocks: rest.blocks }),
          }),
        true,
      );
    },
  };
}

type Task = Extract<AnyChunk, { type: "task_update" }>;

function changes(reply: Reply, shown: Map<string, Task>, last = false): Task[] {
  const wanted = stepsOf(reply).map(
    (step, index): Task => ({
      type: "task_update",
      id: `step-${index + 1}`,
      title: shorten(toPlain(step.title), limits.task) || `Step ${index + 1}`,
      status: words[step.state],
      ...(step.detail && { details: shorten(toPlain(step.detail), limits.task) }),
    }),
  );
  const all = wanted.length > 0 || !last ? wanted : [...shown.values()];
  // A plan that ends must not leave a step spinning.
  const ended = last
    ? all.map((task) => (task.status === "in_progress" ? { ...task, status: "error" as const } : task))
    : all;
  const changed = ended.filter((task) => JSON.stringify(shown.get(task.id)) !== JSON.stringify(task));
  for (const task of changed) shown.set(task.id, task);
  return changed;
}

function titleOf(reply: Reply): string {
  const heading = reply.blocks.find((block) => block.kind === "heading");
  return shorten(heading ? toPlain(heading.text) : "", limits.task) || "What happens";
}
