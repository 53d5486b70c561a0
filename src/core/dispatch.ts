import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Command } from "./command.ts";
import type { Caller, Context, Services } from "./context.ts";
import type { Conversation } from "./conversation.ts";
import { UserError } from "./errors.ts";
import type { Log } from "./log.ts";
import { nearest } from "./nearest.ts";
import type { App, Invocation } from "./platform.ts";
import { button, type Choice, controls, press, privately, type Reply, reply, text } from "./reply.ts";
import { platformRules, type Rules } from "./rules.ts";
import { suggestionButton } from "./suggestion-button.ts";
import { leftoverOption } from "./text.ts";

/** What the dispatcher needs: the commands, the parts they use, a clock and a log. */
export interface DispatchParts {
  commands: readonly Command[];
  services: Services;
  now(): number;
  log: Log;
  /** Default: everything everywhere, and moderators as the platform names them. */
  rules?: Rules;
  /** The ids of those who run the bot, besides whoever sits at its terminal. */
  hosts?: ReadonlySet<string>;
  /** Default: every message is understood by itself. */
  conversation?: Conversation;
}

/** Joins commands and services into the {@link App} that platforms are started with. The only place that catches what commands throw. */
export function createApp(parts: DispatchParts): App {
  const rules = parts.rules ?? platformRules;
  const byName = new Map(parts.commands.map((command) => [command.name, command]));
  const contextOf = (caller: Caller, signal: AbortSignal): Context => ({
    ...caller,
    services: parts.services,
    signal,
    now: parts.now,
  });

  const isHost = ({ person }: Caller) => person.id === atTheTerminal || (parts.hosts?.has(person.id) ?? false);

  const ruled = async (caller: Caller): Promise<Caller> => ({
    ...caller,
    person: { ...caller.person, moderator: await rules.mayModerate(caller), host: isHost(caller) },
  });

  async function* dispatch(given: Invocation, signal = new AbortController().signal): AsyncIterable<Reply> {
    const invocation = (await parts.conversation?.understand(given)) ?? given;
    let [noted, last]: (Reply | undefined)[] = [];
    for await (const answer of run(invocation, signal)) {
      last = answer;
      // Noted before it is seen: whoever reads it may go on at once.
      if (!noted) {
        noted = answer;
        parts.conversation?.note(invocation, answer);
      }
      yield answer;
    }
    if (last && last !== noted) parts.conversation?.note(invocation, last);
  }

  async function* run(invocation: Invocation, signal: AbortSignal): AsyncIterable<Reply> {
    const command = byName.get(invocation.command);
    if (!command) {
      yield unknownCommand(invocation.command, parts.commands);
      return;
    }
    try {
      const options = readChecked(command, invocation.options);
      const caller = await ruled(invocation.caller);
      if (command.moderator && !caller.person.moderator && !caller.person.host) {
        throw new UserError(
          `Only instructors and moderators can use \`${command.name}\` here. Ask one of them to do it.`,
        );
      }
      if (command.host && !caller.person.host) throw new UserError(onlyHosts(command, caller));
      if (command.activity) await rules.requireAllowed(command.activity, caller);
      const answer = command.run(options, contextOf(caller, signal));
      if (Symbol.asyncIterator in answer) yield* answer;
      else yield await answer;
    } catch (error) {
      yield describeError(error, command, parts.log);
    }
  }

  async function complete(name: string, option: string, typed: string, caller: Caller): Promise<Choice[]> {
    try {
      const completes = byName.get(name)?.complete ?? {};
      const finish = Object.hasOwn(completes, option) ? completes[option] : undefined;
      const choices = await finish?.(typed.slice(0, longestTyped), contextOf(caller, AbortSignal.timeout(2000)));
      return (choices ?? []).slice(0, 25);
    } catch (error) {
      parts.log.warn("complete failed", { command: name, option, error: String(error) });
      return [];
    }
  }

  return { commands: parts.commands, dispatch, complete, log: parts.log };
}

/** The person at the keyboard of the bot's own terminal. */
export const atTheTerminal = "terminal:you";

/** The id is shown because it is what the setting needs. */
function onlyHosts({ name }: Command, { person }: Caller): string {
  return `\`${name}\` changes something for every server and workspace of this bot, so only its hosts can use it. Nothing was changed. Whoever runs the bot can name you in the setting HOSTS, as ${quote(person.id)}.`;
}

/** The part of a value that is completed while it is typed, in characters: nothing that can be chosen is longer. */
const longestTyped = 200;

function readChecked(command: Command, given: Record<string, unknown>): z.output<Command["options"]> {
  const known = Object.keys(command.options.shape);
  const stray = Object.keys(given).find((name) => !known.includes(name));
  if (stray !== undefined) throw new UserError(strayOption(command, stray, given[stray], known));
  const parsed = command.options.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? "");
  const missing = given[name] === undefined || given[name] === "";
  const example = command.examples?.[0] ? ` For example: \`${command.examples[0]}\`.` : "";
  throw new UserError(
    missing
      ? `\`${command.name}\` needs ${describeOption(command, name)}.${example}`
      : `\`${name}\` does not fit: ${misfit(issue)}.${example}`,
  );
}

function misfit(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "invalid_value")
    return `it is one of ${issue.values.map((value) => `\`${String(value)}\``).join(", ")}`;
  if (issue?.code === "too_big" && /^Too big/.test(issue.message))
    return issue.origin === "string"
      ? `it is too long, at most ${issue.maximum} characters are read`
      : issue.maximum >= Number.MAX_SAFE_INTEGER
        ? "it is a whole number"
        : `it is at most ${issue.maximum}`;
  if (issue?.code === "too_small" && /^Too small/.test(issue.message))
    return issue.origin === "string" ? "it is too short" : `it is at least ${issue.minimum}`;
  if (issue?.code === "invalid_type" && /number|int/.test(issue.expected)) return "it is a whole number";
  return lowerFirst(issue?.message ?? "not a value it takes");
}

function strayOption(command: Command, name: string, value: unknown, known: string[]): string {
  if (name === leftoverOption) {
    const typed = quote(String(value));
    return `\`${command.name}\` does not know what to do with ${typed}. Type \`help ${command.name}\` to see what it takes.`;
  }
  const near = nearest(name, known, 1)[0];
  return `\`${command.name}\` has no option ${quote(name)}.${near ? ` Did you mean \`${near}\`?` : ` Type \`help ${command.name}\` to see what it takes.`}`;
}

function describeOption(command: Command, name: string): string {
  const description = command.options.shape[name]?.description;
  return description ? `${lowerFirst(description).replace(/\.$/, "")}` : `\`${name}\``;
}

function unknownCommand(name: string, commands: readonly Command[]): Reply {
  const near = nearest(
    name,
    commands.filter(({ hidden }) => !hidden).map((command) => command.name),
  );
  const said = near.length
    ? `Did you mean ${near.map((one) => `\`${one}\``).join(" or ")}?`
    : "`help` lists what there is.";
  return privately(
    reply(
      text(`There is no command ${quote(name)}. ${said}`),
      controls(...near.map((one) => suggestionButton(one, commands)), button("Help", press("help"))),
    ),
  );
}

function describeError(error: unknown, command: Command, log: Log): Reply {
  if (error instanceof UserError) return privately(reply(text(error.message), controls(...error.controls)));
  const reference = randomBytes(3).toString("hex");
  log.error("command failed", { command: command.name, reference, error });
  return privately(
    reply(
      text(
        `Something went wrong on my side, so \`${command.name}\` did not finish. Nothing you did is lost; please try again. If it happens again, give the host this reference: \`${reference}\`.`,
      ),
    ),
  );
}

/** Shows what somebody typed as code: cut after `most` letters, on one line, without control characters, back-ticks or invisible direction marks. */
export function quote(typed: string, most = 40): string {
  const shown = typed
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}`]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const letters = [...shown];
  return `\`${letters.length > most ? `${letters.slice(0, most).join("")}…` : shown || " "}\``;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
