import { expect, it } from "vitest";
import { silentLog } from "../src/core/log.ts";
import type { App, Invocation } from "../src/core/platform.ts";
import { reply } from "../src/core/reply.ts";
import type { Feedback } from "../src/feedback/feedback.ts";
import { writeMetrics } from "../src/metrics.ts";
import { createTally } from "../src/tally.ts";

const caller = {
  person: { id: "test:1", name: "Ada", moderator: false },
  place: { platform: "test", workspace: "w", channel: "c" },
  locale: "en-GB",
  event: "test:event:1",
};

it("counts commands, questions, warnings and errors, and hands everything on", async () => {
  const seen: string[] = [];
  const tally = createTally();
  const app = tally.app({
    commands: [{ name: "ask" }],
    async *dispatch({ command }: Invocation) {
      seen.push(command);
      yield reply();
    },
  } as unknown as App);
  const feedback = tally.feedback({
    recordUnanswered: async (question) => void seen.push(question),
  } as Partial<Feedback> as Feedback);
  const log = tally.log({ ...silentLog, warn: (event) => void seen.push(event) });
  for (const command of ["ask", "ask", "ask", "no such <command>"]) {
    for await (const _ of app.dispatch({ command, options: {}, caller }));
  }
  await feedback.recordUnanswered("why?", { outcome: "unsure", ranked: [] }, caller);
  log.warn("slow");
  log.error("broken");
  log.error("broken");
  log.info("fine");
  expect(seen).toEqual(["ask", "ask", "ask", "no such <command>", "why?", "slow"]);
  const lines = (await writeMetrics(tally.metrics)).split("\n").filter((line) => line && !line.startsWith("#"));
  expect(lines).toEqual([
    'bakehouse_commands_total{command="ask"} 3',
    'bakehouse_commands_total{command="unknown"} 1',
    'bakehouse_questions_total{outcome="answered"} 2',
    'bakehouse_questions_total{outcome="unanswered"} 1',
    'bakehouse_log_events_total{level="warn"} 1',
    'bakehouse_log_events_total{level="error"} 2',
  ]);
});
