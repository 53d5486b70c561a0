import { setTimeout as sleep } from "node:timers/promises";
import type { Person, Place } from "../../src/core/context.ts";
import type { Press, Reply } from "../../src/core/reply.ts";
import type { Arena } from "./arena.ts";

/** An answer as it was promised to its learner. */
export interface Promised {
  round: string;
  position: number;
  learner: string;
  /** Shown places in the order in which they were pressed; `acked` of the last one that was confirmed. */
  pressed: number[];
  acked: number;
}

/** People in channels who start quizzes and answer them as fast as they come. */
export function createCrowd(arena: Arena, { channels, learners }: { channels: number; learners: number }) {
  const promised = new Map<string, Promised>();
  const started = new Set<string>();
  let open = true;
  let events = 0;
  let running: Promise<void>[] = [];

  const placeOf = (channel: string): Place => ({ platform: "chat", workspace: "arena", channel });
  const personOf = (id: string): Person => ({ id: `chat:${id}`, name: id, moderator: false });

  function tell(id: string, channel: string, press: Press): Promise<Reply> {
    events += 1;
    const caller = { person: personOf(id), place: placeOf(channel), locale: "en", event: `arena-${events}` };
    return arena.tell({ ...press, caller });
  }

  async function lead(channel: string): Promise<void> {
    while (open) {
      const last = arena.recorder.inChannel(channel).findLast(({ place }) => place.thread === undefined);
      if (!last || headingOf(last.reply).startsWith("Quiz ended")) {
        const quiz = { command: "quiz start", options: { questions: "3", level: "mixed" } };
        const reply = await tell(`${channel}-lead`, channel, quiz);
        if (textOf(reply).includes("is on")) started.add(channel);
      }
      await sleep(60);
    }
  }

  async function play(id: string, channel: string): Promise<void> {
    while (open) {
      await sleep(20 + Math.random() * 150);
      const buttons = openButtons(channel);
      const button = buttons[Math.floor(Math.random() * buttons.length)];
      if (!button) continue;
      const { round = "", q = "", choice = "" } = button.options;
      const key = `${round}/${q}/${id}`;
      const mine = promised.get(key) ?? { round, position: Number(q), learner: `chat:${id}`, pressed: [], acked: -1 };
      if (mine.pressed.length >= 2) continue;
      mine.pressed.push(Number(choice));
      promised.set(key, mine);
      const said = textOf(await tell(id, channel, button));
      if (/^You (chose|changed to)/.test(said)) mine.acked = mine.pressed.length - 1;
    }
  }

  function openButtons(channel: string): Press[] {
    const question = arena.recorder.inChannel(channel).findLast(({ reply }) => headingOf(reply).startsWith("Question"));
    return (question?.reply.blocks ?? []).flatMap((block) =>
      block.kind === "controls"
        ? block.controls.flatMap((one) =>
            one.kind === "button" && one.press.command === "quiz answer" ? [one.press] : [],
          )
        : [],
    );
  }

  return {
    promised,
    start() {
      for (let channel = 0; channel < channels; channel += 1) {
        running.push(lead(`c${channel}`));
        for (let learner = 0; learner < learners; learner += 1)
          running.push(play(`c${channel}-p${learner}`, `c${channel}`));
      }
    },
    /** Nobody says anything any more; resolves when the last replies are in. */
    async hush() {
      open = false;
      await Promise.all(running);
      running = [];
    },
  };
}

function headingOf(reply: Reply): string {
  const block = reply.blocks.find(({ kind }) => kind === "heading");
  return block?.kind === "heading" ? block.text : "";
}

function textOf(reply: Reply): string {
  return reply.blocks.map((block) => (block.kind === "text" ? block.markdown.replaceAll("**", "") : "")).join("\n");
}
