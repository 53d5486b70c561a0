import { type Actor, actAs } from "./actor.ts";
import { type Fault, startApi } from "./api.ts";
import { createDelivery } from "./delivery.ts";
import { readManifest } from "./manifest.ts";
import { addChannel, addTeam, addUser, createWorld, type SlackTeam } from "./world.ts";

export interface FakeSlackOptions {
  /** Deadline of acknowledgements, in ms. */
  ackMs?: number;
  /** Pauses before an unacknowledged event is delivered again, in ms. Slack's own: 0, 60,000 and 300,000. */
  retryMs?: readonly number[];
  triggerMs?: number;
  responseUrlMs?: number;
  /** Granted scopes; the manifest's required and optional ones if left out. */
  scopes?: readonly string[];
}

/**
 * A Slack of its own on 127.0.0.1: Web API, Socket Mode, HTTP delivery, uploads, response_urls, OAuth; one workspace with the channel `study`
 * and the people ada, bob and mia (an admin). Whatever the real one would refuse is refused, and noted in `problems`.
 */
export async function startFakeSlack(options: FakeSlackOptions = {}) {
  const appToken = "xapp-1-A0TUTOR-1-fake";
  const signingSecret = "8f742231b10e8888abcd99yyyzzz85a5";
  const manifest = readManifest();
  const world = createWorld();
  const responseUrlMs = options.responseUrlMs ?? 30 * 60_000;
  const api = await startApi(world, { appToken, responseUrlMs });
  const delivery = createDelivery(world, api, {
    ackMs: options.ackMs ?? 3000,
    retryMs: options.retryMs ?? [0, 0, 0],
    signingSecret,
  });
  const stage = { world, api, delivery, manifest, triggerMs: options.triggerMs ?? 3000, responseUrlMs };
  const scopes = options.scopes ?? [...manifest.scopes, ...manifest.optionalScopes];

  const newTeam = (name: string): SlackTeam => {
    const team = addTeam(world, name, scopes);
    for (const one of ["ada", "bob"]) addUser(world, team, one);
    addUser(world, team, "mia", { admin: true });
    addChannel(world, team, "study", [...team.users.keys(), team.botUser]);
    return team;
  };
  const team = newTeam("bakers");
  const find = (name: string, inTeam: SlackTeam) => {
    const user = [...inTeam.users.values()].find((one) => one.name === name);
    if (!user) throw new Error(`nobody is called ${name}`);
    return user.id;
  };
  const channelOf = (inTeam: SlackTeam, name = "study") => {
    const channel = [...inTeam.channels.values()].find((one) => one.name === name);
    if (!channel) throw new Error(`there is no channel ${name}`);
    return channel;
  };

  return {
    world,
    api,
    delivery,
    manifest,
    team,
    newTeam,
    appToken,
    signingSecret,
    apiUrl: api.url,
    problems: world.problems,
    channel: channelOf(team),
    channelOf,
    addChannel: (name: string, members: string[] = [...team.users.keys(), team.botUser]) =>
      addChannel(world, team, name, members),
    as: (name: string, inTeam: SlackTeam = team): Actor => actAs(stage, inTeam, find(name, inTeam)),
    /** Adds a person to the workspace and its channel. */
    join(name: string): Actor {
      const user = addUser(world, team, name);
      channelOf(team).members.add(user.id);
      return actAs(stage, team, user.id);
    },
    /** Makes the next calls of a method go wrong, one fault a call. */
    fail(method: string, ...faults: Fault[]): void {
      api.faults.set(method, [...(api.faults.get(method) ?? []), ...faults]);
    },
    /** Lets a code be exchanged for a workspace's token. */
    grant(code: string, forTeam: SlackTeam): void {
      api.grants.set(code, forTeam);
    },
    calls: (method: string) => world.calls.filter((call) => call.method === method),
    async stop(): Promise<void> {
      delivery.close();
      await api.close();
    },
  };
}

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;
