import { setTimeout as sleep } from "node:timers/promises";
import type { Ears } from "./listen.ts";

/** Pauses (ms) between attempts to delete a workspace's data. */
const pauses = [0, 1000, 5000, 30_000];

/**
 * Deletes what is kept of a workspace that removed the app. Slack tells it by two events in any order, each perhaps more than once and up to a
 * day late, so one that is older than the workspace's installation is left alone. `at` in seconds since the epoch.
 */
export async function farewell(
  team: string,
  at: number,
  ears: Pick<Ears, "app" | "workspaces" | "installed" | "onUninstall">,
) {
  const { app, workspaces, installed, onUninstall } = ears;
  const since = await installed(team);
  if (since !== undefined && since >= (at + 1) * 1000) return;
  workspaces.forget(team);
  for (const pause of pauses) {
    try {
      await sleep(pause);
      await onUninstall(team);
      app.log.info("slack workspace removed the app", { workspace: team });
      return;
    } catch (error) {
      app.log.error("a workspace's data could not be deleted", { workspace: team, error });
    }
  }
}
