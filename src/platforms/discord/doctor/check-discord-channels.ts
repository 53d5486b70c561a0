import type { Answer } from "../../../core/checks/ask-service.ts";
import { type Finding, ok, warn } from "../../../core/checks/finding.ts";
import { asked, lackingIn } from "../transport/permissions.ts";

/** The parts of Discord's answers that are looked at: https://discord.com/developers/docs/resources/channel */
interface Server {
  id: string;
  name: string;
  /** What the bot may do in the server as a whole, channels' own settings left aside. */
  permissions: string;
}
interface Channel {
  name: string;
  type: number;
  permission_overwrites?: Overwrite[];
}
interface Overwrite {
  /** Of a role or a member; the server's own id stands for everybody. */
  id: string;
  allow: string;
  deny: string;
}

/** Text, announcements and forums: where people talk with the bot or start threads. */
const talking = [0, 5, 15];
const forum = 15;
const view = asked[0].bit;
const administrator = 1n << 3n;
/** Each server costs two requests, and a report that nobody reads to its end helps nobody. */
const most = { servers: 25, findings: 20 };

/**
 * What the channels' own settings take away, channel by channel. Channels that the bot cannot see at all are left out: keeping it out of
 * one is how a host does that. `ask` asks Discord; `me` is the bot's id.
 */
export async function checkChannels(
  ask: (path: string) => Promise<Answer>,
  me: string,
  servers: readonly Server[],
): Promise<Finding[]> {
  const name = "discord channels";
  const looked = servers.slice(0, most.servers);
  const found = await Promise.all(looked.map((server) => channelsOf(ask, me, server)));
  const all = found.flat();
  const findings = all.flatMap(({ server, channel, missing }) => {
    if (missing.length === 0) return [];
    const lacked = missing.join(", ");
    return warn(
      name,
      `in #${channel} of ${server} the bot lacks ${lacked}`,
      "What needs these does not work in that channel.",
      `Right-click #${channel}, Edit Channel, Permissions, add the bot's role there and allow ${lacked}; or take View Channel away if the bot shall stay out.`,
    );
  });
  const more = findings.length - most.findings;
  const left = servers.length - looked.length;
  if (findings.length === 0) {
    const unseen = left > 0 ? `; ${left} more servers were not looked at` : "";
    return [ok(name, `everything it needs in each of the ${all.length} channels it can see${unseen}`)];
  }
  const rest =
    more > 0
      ? [
          warn(
            name,
            `${more} more channels lack something`,
            "They are like those above.",
            "Mend those above first, then look again.",
          ),
        ]
      : [];
  return [...findings.slice(0, most.findings), ...rest];
}

async function channelsOf(ask: (path: string) => Promise<Answer>, me: string, { id, name, permissions }: Server) {
  const own = BigInt(permissions);
  if (own & administrator) return [];
  const [member, channels] = [await ask(`/guilds/${id}/members/${me}`), await ask(`/guilds/${id}/channels`)];
  if (member.status !== 200 || !Array.isArray(channels.body)) return [];
  const { roles } = member.body as { roles: string[] };
  return (channels.body as Channel[]).flatMap((channel) => {
    const may = narrowed(own, channel.permission_overwrites ?? [], { server: id, roles, me });
    if (!talking.includes(channel.type) || !(may & view)) return [];
    return {
      server: name,
      channel: channel.name,
      missing: lackingIn(may, channel.type === forum ? "forum" : "channel"),
    };
  });
}

/** What is left of rights in a channel: https://discord.com/developers/docs/topics/permissions#permission-overwrites */
function narrowed(
  own: bigint,
  overwrites: readonly Overwrite[],
  { server, roles, me }: { server: string; roles: readonly string[]; me: string },
): bigint {
  const apply = (to: bigint, some: readonly Overwrite[]) => {
    const deny = some.reduce((bits, one) => bits | BigInt(one.deny), 0n);
    const allow = some.reduce((bits, one) => bits | BigInt(one.allow), 0n);
    return (to & ~deny) | allow;
  };
  const of = (fits: (id: string) => boolean) => overwrites.filter(({ id }) => fits(id));
  const everybody = apply(
    own,
    of((id) => id === server),
  );
  return apply(
    apply(
      everybody,
      of((id) => id !== server && roles.includes(id)),
    ),
    of((id) => id === me),
  );
}
