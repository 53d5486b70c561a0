import { deliver } from "../../../src/chat/deliver.ts";
import type { Caller, Place } from "../../../src/core/context.ts";
import type { App, Platform } from "../../../src/core/platform.ts";
import type { House } from "../../../src/core/platform-kind.ts";
import type { Block, Control, Press, Reply } from "../../../src/core/reply.ts";
import { readText } from "../../../src/core/text.ts";

/** The platform, and how its only wearer uses it. */
export interface Pager extends Platform {
  place: Place;
  messages: string[];
  hear(text: string): Promise<string>;
  choose(label: string, typed?: string): Promise<string>;
}

/** Shows every message as plain text, in memory. */
export function createPager({ settled }: Pick<House, "settled">): Pager {
  const place: Place = { platform: "pager", workspace: "town", channel: "7" };
  const messages: string[] = [];
  let shown: Control[] = [];
  let app: App;
  let events = 0;

  const draw = ({ blocks }: Reply): string => {
    shown = blocks.flatMap((block) => (block.kind === "controls" ? block.controls : []));
    return blocks.map(words).join("\n");
  };

  async function run(press: Press): Promise<string> {
    const at = messages.length;
    const show = async (reply: Reply) => {
      messages[at] = draw(reply);
    };
    await deliver(app.dispatch({ ...press, caller: callerIn(place, ++events) }), { send: show, edit: show }, 0);
    await settled();
    return messages[at] ?? "";
  }

  return {
    name: "pager",
    place,
    messages,
    hear: (text) => run(readText(text, app.commands)),
    choose: (label, typed = "") => run(pressOf(shown, label, typed)),
    async start(given) {
      app = given;
    },
    post: async (to, reply) => ({ place: to, id: String(messages.push(draw(reply)) - 1) }),
    async edit({ id }, reply) {
      messages[Number(id)] = draw(reply);
    },
    openThread: async ({ place: from, id }) => (from.thread === undefined ? { ...from, thread: id } : from),
    async stop() {},
  };
}

function callerIn(place: Place, event: number): Caller {
  return {
    person: { id: "pager:1", name: "Ada", moderator: true },
    place,
    locale: "en",
    event: `pager:${event}`,
  };
}

function pressOf(controls: readonly Control[], label: string, typed: string): Press {
  for (const control of controls) {
    if (control.kind === "select") {
      const choice = control.choices.find((one) => one.label.includes(label));
      if (choice) return fill(control, choice.value);
    } else if (control.kind !== "link" && control.label === label) {
      return control.kind === "ask" ? fill(control, typed) : control.press;
    }
  }
  throw new Error(`there is no ${label}`);
}

const fill = ({ press, fills }: { press: Press; fills: string }, value: string): Press => ({
  ...press,
  options: { ...press.options, [fills]: value },
});

function words(block: Block): string {
  switch (block.kind) {
    case "heading":
      return block.text;
    case "text":
      return block.markdown;
    case "code":
      return block.source;
    case "fields":
      return block.fields.map(({ name, value }) => `${name} ${value}`).join("\n");
    case "steps":
      return block.steps.map(({ title, state }) => `${title} ${state}`).join("\n");
    case "picture":
    case "file":
      return block.name;
    case "controls":
      return block.controls.map((one) => (one.kind === "select" ? one.placeholder : one.label)).join(" ");
  }
}
