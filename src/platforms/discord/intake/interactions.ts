import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import { deliver } from "../../../chat/deliver.ts";
import type { Caller } from "../../../core/context.ts";
import type { Press, Reply } from "../../../core/reply.ts";
import { modalField, modalOf } from "../draw/modal.ts";
import { cut } from "../draw/safe.ts";
import { limits } from "../limits.ts";
import { answerTo } from "../talk/answer.ts";
import { readKeptId } from "../talk/kept-answers.ts";
import { say, sentences } from "../talk/sentences.ts";
import { dispatch, type Session } from "../talk/session.ts";
import { findCommand } from "../transport/commands.ts";
import { isRefused, isUnreachable } from "../transport/failures.ts";
import { readId } from "./custom-id.ts";
import { refusal } from "./guard.ts";
import { callerOf, channelOf, continues, isDirect, madeAt, readSlash } from "./read.ts";
import { menuOption, textOf } from "./target.ts";

type Answerable = Exclude<Interaction, AutocompleteInteraction>;

/** Answers one interaction. Never throws. */
export async function handleInteraction(session: Session, interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) return suggest(session, interaction);
  try {
    await handle(session, interaction);
  } catch (error) {
    session.app.log.error("interaction not read", { kind: interaction.type, error });
    await serve(session, interaction, [say(sentences.broken)]);
  }
}

async function handle(session: Session, interaction: Answerable): Promise<void> {
  if (session.stopping()) return serve(session, interaction, [say(sentences.stopping)]);
  if (interaction.isChatInputCommand()) return runSlash(session, interaction);
  if (interaction.isMessageContextMenuCommand()) return runMenu(session, interaction);
  if (interaction.isButton() || interaction.isStringSelectMenu()) return runControl(session, interaction);
  if (interaction.isModalSubmit()) return runModal(session, interaction);
}

async function runSlash(session: Session, interaction: ChatInputCommandInteraction): Promise<void> {
  const { word, sub, options } = readSlash(interaction);
  const name = findCommand(session.app.commands, word, sub)?.name ?? [word, sub].filter(Boolean).join(" ");
  await run(session, interaction, { command: name, options });
}

async function runMenu(session: Session, interaction: MessageContextMenuCommandInteraction): Promise<void> {
  const menu = session.menus.find(({ name }) => name === interaction.commandName);
  const said = textOf(interaction.targetMessage);
  if (!menu) return serve(session, interaction, [say(sentences.oldControl)]);
  if (!said) return serve(session, interaction, [say(sentences.noText)]);
  const value = await menuOption(session.app, menu, said, callerOf(interaction));
  await run(session, interaction, { command: menu.command, options: { [menu.option]: value } });
}

async function runControl(
  session: Session,
  interaction: ButtonInteraction | StringSelectMenuInteraction,
): Promise<void> {
  const kept = readKeptId(interaction.customId);
  if (kept !== null) return showKept(session, interaction, kept);
  const read = readId(interaction.customId);
  if (!read) return serve(session, interaction, [say(sentences.oldControl)]);
  if (read.kind === "ask" && interaction.isButton()) {
    // A forged press has no component.
    const component = interaction.component as typeof interaction.component | null;
    const label = (component && "label" in component && component.label) || "";
    const title = session.titles.of(interaction.customId) ?? label;
    return answered(session, interaction, () =>
      session.api.ask(interaction, modalOf(interaction.customId, read, title, label, session.app.commands)),
    );
  }
  const press =
    read.kind === "press" ? read.press : fill(read, interaction.isButton() ? "" : (interaction.values[0] ?? ""));
  await run(session, interaction, press, continues(interaction, press.command, session.app.commands));
}

async function runModal(session: Session, interaction: ModalSubmitInteraction): Promise<void> {
  const read = readId(interaction.customId);
  if (read?.kind !== "ask") return serve(session, interaction, [say(sentences.oldControl)]);
  await run(session, interaction, fill(read, interaction.fields.getTextInputValue(modalField)));
}

function fill({ press, fills }: { press: Press; fills: string }, value: string): Press {
  return { command: press.command, options: { ...press.options, [fills]: value } };
}

function showKept(
  session: Session,
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  id: string,
): Promise<void> {
  const found = session.kept.take(id, callerOf(interaction).person.id);
  if (found === "gone") return serve(session, interaction, [say(sentences.forgotten)]);
  if (found === "other") return serve(session, interaction, [say(sentences.notYours)]);
  return serve(session, interaction, [found.reply], { origin: found.origin });
}

async function run(
  session: Session,
  interaction: Answerable,
  { command, options }: { command: string; options: Record<string, unknown> },
  update = false,
): Promise<void> {
  const caller = callerOf(interaction);
  const refused = await refuse(session, interaction, command, caller);
  if (refused) return serve(session, interaction, [say(refused)]);
  await serve(session, interaction, dispatch(session, { command, options, caller }), { origin: command, update });
}

async function refuse(
  session: Session,
  interaction: Answerable,
  command: string,
  caller: Caller,
): Promise<string | null> {
  const wait = await session.wait(caller.person.id);
  if (wait) return sentences.tooMuch(wait.seconds);
  return refusal(session, { command }, () => ({
    hosted: interaction.guild !== null,
    permissions: interaction.appPermissions.bitfield,
    place: caller.place,
  }));
}

/** Sends replies to an interaction, whatever happens on the way. */
async function serve(
  session: Session,
  interaction: Answerable,
  replies: AsyncIterable<Reply> | Reply[],
  { origin, update = false }: { origin?: string; update?: boolean } = {},
): Promise<void> {
  const look = {
    ...(origin !== undefined && { origin }),
    fileBytes: Math.min(limits.fileBytes, interaction.attachmentSizeLimit ?? limits.fileBytes),
  };
  const late = Date.now() - madeAt(interaction.id) > limits.lateAfter;
  const sink = answerTo(session.api, interaction, {
    update,
    ephemeral: !isDirect(interaction),
    first: late || (origin !== undefined && session.firstUse(origin)),
    draw: (reply) => session.draw(reply, look),
  });
  await answered(
    session,
    interaction,
    async () => {
      await sink.acknowledged;
      await deliver(Array.isArray(replies) ? each(replies) : replies, sink);
    },
    () => sink.send(say(sentences.broken)),
  );
}

async function* each(replies: Reply[]): AsyncIterable<Reply> {
  yield* replies;
}

async function answered(
  session: Session,
  interaction: Answerable,
  work: () => Promise<void>,
  apologise?: () => Promise<void>,
): Promise<void> {
  const { log } = session.app;
  try {
    await work();
  } catch (error) {
    if (isRefused(error, "unknownInteraction")) {
      log.warn("interaction came too late to be answered", { kind: interaction.type });
      return session.notice(channelOf(callerOf(interaction).place), interaction.id);
    }
    // The message was deleted or dismissed, or its channel is gone: nobody is there to be told.
    if (isUnreachable(error))
      return log.info("answer not shown: its message or channel is gone", { error: String(error) });
    log.error("answer not shown", { kind: interaction.type, error });
    await apologise?.().catch((second: unknown) => log.error("apology not shown", { error: second }));
  }
}

async function suggest(session: Session, interaction: AutocompleteInteraction): Promise<void> {
  const { app, api } = session;
  const focused = interaction.options.getFocused(true);
  const sub = interaction.options.getSubcommand(false);
  const command = findCommand(app.commands, interaction.commandName, sub);
  const caller = callerOf(interaction);
  const slow = new Promise<[]>((resolve) => setTimeout(resolve, limits.completeWithin, []).unref());
  const found = command
    ? await Promise.race([app.complete(command.name, focused.name, String(focused.value), caller), slow])
    : [];
  const choices = found
    .filter(({ value }) => value.length >= 1 && value.length <= limits.choiceText)
    .slice(0, limits.autocompleteChoices)
    .map(({ label, value }) => ({ name: cut(label, limits.choiceText) || value, value }));
  await api.suggest(interaction, choices).catch((error: unknown) => {
    app.log.debug("choices not shown", { error: String(error) });
  });
}
