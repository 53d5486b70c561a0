import { type Found, findControl } from "./find-control.ts";
import type { Json, SlackChannel, SlackMessage, SlackTeam, World } from "./world.ts";

interface Parts {
  world: World;
  team: SlackTeam;
  user: string;
  /** Whether the person sees the message. */
  mine(message: SlackMessage): boolean;
  inside(channel: string): SlackChannel;
  interact(payload: Json): Promise<Json | undefined>;
  trigger(): string;
  responseUrl(channel: string, source?: SlackMessage): string;
}

/** Pressing, choosing and filling in, as a person's client offers it. */
export function createControls({ world, team, user, mine, inside, interact, trigger, responseUrl }: Parts) {
  async function act(message: SlackMessage | undefined, found: Found, extra: Json): Promise<void> {
    const action = {
      ...extra,
      action_id: found.element.action_id,
      block_id: found.block.block_id ?? world.id("b"),
      type: found.element.type,
      action_ts: world.ts(),
    };
    if (!message) {
      const view = { ...team.homes.get(user), id: "VHOME", team_id: team.id };
      await interact({
        type: "block_actions",
        trigger_id: trigger(),
        container: { type: "view", view_id: "VHOME" },
        view,
        actions: [action],
      });
      return;
    }
    const channel = inside(message.channel);
    await interact({
      type: "block_actions",
      trigger_id: trigger(),
      response_url: responseUrl(channel.id, message),
      channel: { id: channel.id, name: channel.name },
      container: {
        type: "message",
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: message.onlyFor !== undefined,
        ...(message.thread !== undefined && { thread_ts: message.thread }),
      },
      ...(message.onlyFor === undefined && {
        message: {
          type: "message",
          user: message.user,
          bot_id: team.botId,
          ts: message.ts,
          text: message.text,
          ...(message.thread !== undefined && { thread_ts: message.thread }),
        },
      }),
      actions: [action],
    });
  }

  /** Presses a button of a message by its label. */
  async function press(message: SlackMessage, label: string): Promise<void> {
    if (!mine(message)) throw new Error(`${user} does not see that message`);
    const found = findControl(message.blocks, label, `"${message.text.slice(0, 80)}"`);
    if (found.element.type !== "button") throw new Error(`"${label}" is no button`);
    await act(message, found, {
      text: found.element.text,
      ...(found.element.value !== undefined && { value: found.element.value }),
    });
  }

  /** Chooses in a select by its placeholder and the option's label. */
  async function choose(message: SlackMessage, placeholder: string, label: string): Promise<void> {
    if (!mine(message)) throw new Error(`${user} does not see that message`);
    const found = findControl(message.blocks, placeholder, "the message");
    const option = ((found.element.options as Json[] | undefined) ?? []).find(
      (one) => (one.text as Json).text === label,
    );
    if (!option) throw new Error(`the select has no option "${label}"`);
    await act(message, found, { selected_option: option, placeholder: found.element.placeholder });
  }

  /** Fills the open modal's one input and sends it. */
  async function submit(value: string): Promise<Json | undefined> {
    const view = team.modals.get(user);
    if (!view) throw new Error("no modal is open");
    const input = (view.blocks as Json[]).find((block) => block.type === "input");
    const element = input?.element as Json;
    if (!value && !input?.optional) throw new Error("the field is required");
    if (value.length > Number(element.max_length ?? 3000))
      throw new Error(`the field takes ${String(element.max_length ?? 3000)} characters`);
    if (!element.multiline && value.includes("\n")) throw new Error("the field takes one line");
    team.modals.delete(user);
    const state = {
      values: {
        [String(input?.block_id)]: { [String(element.action_id)]: { type: "plain_text_input", value: value || null } },
      },
    };
    return interact({
      type: "view_submission",
      trigger_id: trigger(),
      view: { ...view, state, team_id: team.id, app_installed_team_id: team.id },
      response_urls: [],
    });
  }

  /** Presses a button of the home tab. */
  async function pressHome(label: string): Promise<void> {
    const found = findControl((team.homes.get(user)?.blocks as Json[] | undefined) ?? [], label, "the home tab");
    await act(undefined, found, { value: found.element.value });
  }

  return { press, choose, submit, pressHome };
}
