import type { Metric } from "./core/checks/metric.ts";
import type { Log } from "./core/log.ts";
import type { App } from "./core/platform.ts";
import type { Feedback } from "./feedback/feedback.ts";

/** Counts what the bot does, from its start on. Nothing it keeps tells who did it, or where. */
export function createTally() {
  const commands = new Map<string, number>();
  const events = new Map<string, number>([
    ["warn", 0],
    ["error", 0],
  ]);
  let unanswered = 0;

  const add = (counts: Map<string, number>, key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const samplesOf = (counts: Map<string, number>, label: string) =>
    [...counts].map(([key, value]) => ({ labels: { [label]: key }, value }));

  const metrics: Metric[] = [
    {
      name: "bakehouse_commands_total",
      help: "Commands that were run, by name; typed questions count as ask.",
      type: "counter",
      read: () => samplesOf(commands, "command"),
    },
    {
      name: "bakehouse_questions_total",
      help: "Questions to ask, by whether a certain answer was found.",
      type: "counter",
      read: () => [
        { labels: { outcome: "answered" }, value: Math.max(0, (commands.get("ask") ?? 0) - unanswered) },
        { labels: { outcome: "unanswered" }, value: unanswered },
      ],
    },
    {
      name: "bakehouse_log_events_total",
      help: "Warnings and errors in the log.",
      type: "counter",
      read: () => samplesOf(events, "level"),
    },
  ];

  return {
    metrics,
    /** The same log, counted. */
    log: (log: Log): Log => ({
      ...log,
      warn(event, details) {
        add(events, "warn");
        log.warn(event, details);
      },
      error(event, details) {
        add(events, "error");
        log.error(event, details);
      },
    }),
    /** The same bot, counted. */
    app: (app: App): App => ({
      ...app,
      dispatch(invocation, signal) {
        const known = app.commands.some(({ name }) => name === invocation.command);
        add(commands, known ? invocation.command : "unknown");
        return app.dispatch(invocation, signal);
      },
    }),
    /** The same log of questions, counted. */
    feedback: (feedback: Feedback): Feedback => ({
      ...feedback,
      recordUnanswered(...told) {
        unanswered += 1;
        return feedback.recordUnanswered(...told);
      },
    }),
  };
}

export type Tally = ReturnType<typeof createTally>;
