import type { z } from "zod";
import type { Context } from "./context.ts";
import type { Choice, Reply } from "./reply.ts";
import type { Activity } from "./rules.ts";

/** Where a command may be used. `community` needs a server or workspace that hosts the bot; `anywhere` includes direct messages. */
export type Reach = "anywhere" | "community";

/** One thing people can ask for, declared once; every platform reads this. */
export interface Command<O extends z.ZodObject = z.ZodObject> {
  /** One or two lower-case words, for example `quiz start`. */
  name: string;
  /** At most 100 characters: shown in help and as the Discord description. */
  summary: string;
  /** Flat options; `.describe()` gives each its description. Values may arrive as strings. */
  options: O;
  /** Options filled from plain words, in order; the last one takes the rest of the text as it stands. */
  positional?: (keyof z.output<O> & string)[];
  examples?: string[];
  /** Left out of help and of the platforms' command lists; still reachable by controls and text. */
  hidden?: boolean;
  /** Only moderators may run it; checked by the dispatcher at every call, controls included. */
  moderator?: boolean;
  /** Only those who run the bot may run it, since it concerns every server and workspace; checked like `moderator`. */
  host?: boolean;
  /** What it does here that a workspace may keep to some channels; checked by the dispatcher at every call, controls included. */
  activity?: Activity;
  /** Its answer takes the place of the private message whose control was pressed. */
  replaces?: boolean;
  /** Its words name people or roles, so mentions reach it as the platform writes them. */
  mentions?: boolean;
  /** Default `anywhere`. */
  reach?: Reach;
  /** Whether plain text after the command's name is meant for this command and not a question that begins with the same word. */
  claims?(rest: string): boolean;
  complete?: { [K in keyof z.output<O>]?: (typed: string, context: Context) => Choice[] | Promise<Choice[]> };
  run(options: z.output<O>, context: Context): Reply | Promise<Reply> | AsyncIterable<Reply>;
}

/** Types a command's options for its `run` and hands it back unchanged. */
export function defineCommand<O extends z.ZodObject>(command: Command<O>): Command {
  return command as unknown as Command;
}
