import type { Stage } from "./actor.ts";
import type { SlackMessage, SlackTeam } from "./world.ts";

/** What Slack hands out with an interaction: a trigger for one form within three seconds, and an address for answers. */
export function createTickets({ world, api, triggerMs, responseUrlMs }: Stage, team: SlackTeam, user: string) {
  return {
    trigger(): string {
      const id = `${world.id("")}.${team.id}.${world.id("x")}`;
      api.triggers.set(id, { user, team: team.id, until: world.now() + triggerMs, used: false });
      return id;
    },
    responseUrl(channel: string, source?: SlackMessage): string {
      const id = world.id("R");
      const until = world.now() + responseUrlMs;
      api.responses.set(id, { team, user, channel, uses: 0, until, ...(source && { source }) });
      return `http://127.0.0.1:${api.port}/response/${id}`;
    },
  };
}
