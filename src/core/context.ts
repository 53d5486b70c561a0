/** Who speaks. `id` is unique over all platforms, for example `discord:1234`. */
export interface Person {
  id: string;
  /** Display name; never trusted, made safe where it is shown. */
  name: string;
  /** The platform does not tell the name; `name` stands in for it. */
  nameless?: boolean;
  /** May stop other people's quizzes here and use instructor commands. From a platform: as its own rights say; in a command: as the workspace's rules decide. */
  moderator: boolean;
  /** Runs this bot, so sees and does what concerns all its servers and workspaces. Decided by the dispatcher alone. */
  host?: boolean;
  /** The platform's ids of the roles the person has here, where it tells them. */
  roles?: readonly string[];
}

/** Where something is said. A place is plain data, so it can be stored and posted to later. */
export interface Place {
  platform: string;
  /** The Discord server, the Slack workspace, or `terminal`. */
  workspace: string;
  channel: string;
  thread?: string;
  /** A direct message: everything there is private anyway. */
  direct?: boolean;
  /** No threads can be opened here, as in the chat of a voice channel. */
  flat?: boolean;
}

/** How much of a program's output can be shown at once. */
export interface Room {
  lines: number;
  characters: number;
}

/** Who asked, where, and the platform's own id of the event, by which doubled deliveries are recognised. */
export interface Caller {
  person: Person;
  place: Place;
  /** An answer that names no audience reaches this person only. */
  private?: boolean;
  /** The bot cannot post for everybody here. */
  mute?: boolean;
  /** Default: that of a chat message. */
  room?: Room;
  /** BCP 47, for example `en-GB`. */
  locale: string;
  /** The person's time zone, for example `Europe/Berlin`, where the platform tells it. */
  zone?: string;
  /** Unique per event and stable over re-deliveries, for example `discord:interaction:99`. */
  event: string;
  /** The message whose control was pressed, by which what it offers once is done once; where the platform tells it. */
  message?: string;
}

/**
 * The parts commands work with. Every part adds itself where it is defined:
 * `declare module "./context.ts" { interface Services { tutor: Tutor } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the parts themselves
export interface Services {}

/** What a command is run with. */
export interface Context extends Caller {
  services: Services;
  /** Aborted when the person cancels or the program stops. */
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
}
