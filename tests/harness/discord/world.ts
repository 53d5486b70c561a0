import { EventEmitter, once } from "node:events";
import { allPermissions, botPermissions, everyonePermissions, moderatorPermissions } from "./permissions.ts";

/** Accounts, servers, channels and messages, as this Discord keeps them. Ids are snowflakes. */
export interface User {
  id: string;
  name: string;
  bot: boolean;
  locale: string;
}

export interface Guild {
  id: string;
  name: string;
  owner: string;
  /** Whether the bot is a member; otherwise only its commands are installed. */
  hosted: boolean;
  /** Permissions of every member, by user id; without an entry, everyone's. */
  members: Map<string, bigint>;
  /** Names that people have here only, by user id. */
  nicks: Map<string, string>;
}

export interface Channel {
  id: string;
  /** 0 text, 1 direct, 2 voice, 3 group direct, 11 thread, 13 stage, 15 forum. */
  type: 0 | 1 | 2 | 3 | 11 | 13 | 15;
  name: string;
  guild?: Guild;
  parent?: Channel;
  /** Who takes part in a direct channel. */
  users?: User[];
  archived: boolean;
  /** What nobody may do here, the bot included. */
  denied: bigint;
  /** What the channel gives or takes besides, for a member or for the role of somebody with rights of their own. */
  overwrites?: { id: string; type: 0 | 1; allow: bigint; deny: bigint }[];
  lastMessage?: string;
}

export interface StoredFile {
  id: string;
  filename: string;
  description?: string;
  data: Buffer;
}

export interface Message {
  id: string;
  channel: Channel;
  author: User;
  content: string;
  /** Components as sent, with the ids Discord adds. */
  components: Component[];
  flags: number;
  files: StoredFile[];
  embeds: object[];
  nonce?: string;
  mentions: User[];
  mentionsEveryone: boolean;
  answers?: Message;
  /** Only this user sees it. */
  onlyFor?: User;
  /** The interaction that made it. */
  interaction?: { id: string; type: number; user: User };
  thread?: Channel;
  edits: number;
  /** When the request that posted it had arrived, on the clock of `performance.now`. */
  at?: number;
  loading: boolean;
}

/** A component, loosely: the schema check is strict, the rest of the harness only reads. */
export interface Component {
  type: number;
  id?: number;
  custom_id?: string;
  label?: string;
  content?: string;
  url?: string;
  disabled?: boolean;
  placeholder?: string;
  options?: { label: string; value: string }[];
  components?: Component[];
  component?: Component;
  items?: { media: { url: string }; description?: string }[];
  file?: { url: string };
  style?: number;
  max_length?: number;
  min_length?: number;
  [key: string]: unknown;
}

/** Every user with rights of their own has a role of their own, whose id differs from theirs. */
export const roleOf = ({ id }: User): string => String(BigInt(id) + 1n);

/** A world with one server and the application's bot in it. */
export function createWorld() {
  const changes = new EventEmitter().setMaxListeners(0);
  let count = 0;
  const newId = (at = Date.now()) => String((BigInt(at - 1_420_070_400_000) << 22n) | BigInt(++count % 4096));
  const users = new Map<string, User>();
  const guilds = new Map<string, Guild>();
  const channels = new Map<string, Channel>();
  const messages = new Map<string, Message>();

  const addUser = (name: string, bot = false): User => {
    const user = { id: newId(), name, bot, locale: "en-GB" };
    users.set(user.id, user);
    return user;
  };
  const addGuild = (name: string, hosted = true): Guild => {
    const guild: Guild = { id: newId(), name, owner: newId(), hosted, members: new Map(), nicks: new Map() };
    guilds.set(guild.id, guild);
    return guild;
  };
  const addChannel = (channel: Omit<Channel, "id" | "archived" | "denied"> & { id?: string }): Channel => {
    const made: Channel = { archived: false, denied: 0n, ...channel, id: channel.id ?? newId() };
    channels.set(made.id, made);
    return made;
  };
  const bot = addUser("Bakehouse", true);
  const guild = addGuild("Cooking School");
  const study = addChannel({ type: 0, name: "study", guild });

  return {
    newId,
    users,
    guilds,
    channels,
    messages,
    bot,
    applicationId: bot.id,
    /** The application's settings in the developer portal. */
    application: {
      flags: 0,
      bot_public: true,
      bot_require_code_grant: false,
      interactions_endpoint_url: null as string | null,
    },
    guild,
    study,
    addUser,
    addGuild,
    addChannel,
    /** Tells everybody who waits that something has changed. */
    changed: () => void changes.emit("change"),
    /** Resolves with the first thing that `look` finds, now or after a later change. */
    async until<T>(look: () => T | undefined | null | false, what = "something"): Promise<T> {
      const deadline = AbortSignal.timeout(20_000);
      for (;;) {
        const found = look();
        if (found !== undefined && found !== null && found !== false) return found;
        try {
          await once(changes, "change", { signal: deadline });
        } catch {
          throw new Error(`waited in vain for ${what}`);
        }
      }
    },
    /** What a user may do in a channel. */
    permissionsOf(user: User, channel: Channel): bigint {
      const { guild: home, parent } = channel;
      if (!home) return user.bot ? botPermissions : everyonePermissions;
      if (home.owner === user.id) return allPermissions;
      const own = home.members.get(user.id) ?? (user.bot ? botPermissions : everyonePermissions);
      const left = own & ~(channel.denied | (parent?.denied ?? 0n));
      const special = (parent ?? channel).overwrites ?? [];
      const apply = (to: bigint, whose: string) =>
        special.filter(({ id }) => id === whose).reduce((bits, { allow, deny }) => (bits & ~deny) | allow, to);
      return apply(apply(left, roleOf(user)), user.id);
    },
    makeModerator(user: User, of: Guild = guild) {
      of.members.set(user.id, moderatorPermissions);
    },
    say(message: Pick<Message, "channel" | "author" | "content"> & Partial<Message>): Message {
      const made: Message = {
        components: [],
        flags: 0,
        files: [],
        embeds: [],
        mentions: [],
        mentionsEveryone: false,
        edits: 0,
        loading: false,
        ...message,
        id: message.id ?? newId(),
      };
      messages.set(made.id, made);
      if (!made.onlyFor) made.channel.lastMessage = made.id;
      return made;
    },
  };
}

export type World = ReturnType<typeof createWorld>;
