import type { Caller } from "../../core/context.ts";
import { personalDate } from "../../core/personal-date.ts";
import { workspaceKey } from "../../core/place-key.ts";
import { button, controls, fields, heading, press, privately, type Reply, reply, text } from "../../core/reply.ts";
import type { QuizParts } from "../parts.ts";
import { currentStreak } from "./streak.ts";
import "../tables.ts";
import type { ReviewTable } from "../tables.ts";
import { titleOf } from "../topic.ts";

const most = 5;

/** What is known about a learner, for that learner. */
export function createProgress({ store, curriculum }: Pick<QuizParts, "store" | "curriculum">) {
  /** Strong and weak concepts, due reviews and the streak. */
  async function show(caller: Caller): Promise<Reply> {
    const learner = caller.person.id;
    const reviews = await store.read
      .selectFrom("review")
      .selectAll()
      .where("learner", "=", learner)
      .orderBy("due_at")
      .execute();
    const me = await store.read.selectFrom("learner").selectAll().where("id", "=", learner).executeTakeFirst();
    if (reviews.length === 0) {
      return privately(
        reply(
          heading("Your progress"),
          text("You have not answered a question yet. A short quiz shows what you know; only you see it."),
          controls(button("Quiz me", press("quiz solo"), "primary")),
        ),
      );
    }
    const now = store.now();
    const due = reviews.filter(({ due_at }) => due_at <= now);
    const missed = reviews.filter(({ missed: question }) => question !== null);
    const later = reviews.find(({ due_at }) => due_at > now);
    const days = currentStreak(me?.days ? { days: me.days, day: me.day } : null, now);
    const answered = reviews.reduce((sum, { asked }) => sum + asked, 0);
    const right = reviews.reduce((sum, { correct }) => sum + correct, 0);
    const list = (rows: ReviewTable[]) =>
      rows
        .map(({ concept, correct, asked }) => `${titleOf(concept, curriculum.current)} (${correct} of ${asked})`)
        .join(", ");
    return privately(
      reply(
        heading("Your progress"),
        fields({
          Answered: `${answered} questions, ${right} right`,
          ...(days > 0 && { "Days in a row": String(days) }),
          Strong: list(strong(reviews)) || "nothing yet; two right answers on a concept bring it here",
          Weak: list(weak(reviews)) || "nothing",
          "Due for review":
            due.length > 0
              ? `${due.length}: ${list(due.slice(0, most))}`
              : later
                ? `nothing; next on ${personalDate(later.due_at, caller)}`
                : "nothing",
          "Name on scoreboards": me?.named ? "shown" : "hidden: you appear as a guest",
        }),
        controls(
          button(due.length > 0 ? "Quiz me, reviews first" : "Quiz me", press("quiz solo"), "primary"),
          missed.length > 0 && button("Review what I missed", press("quiz review")),
          button("My path", press("path")),
          Boolean(me?.named) && button("Hide my name", press("progress name", { show: "no" })),
          !me?.named && !caller.person.nameless && button("Show my name", press("progress name", { show: "yes" })),
          button("Export", press("progress export")),
          button("Delete my data", press("progress forget"), "danger"),
        ),
      ),
    );
  }

  return {
    show,
    /** The caller's points in their workspace, for tests and export. */
    pointsOf: (caller: Caller) =>
      store.read
        .selectFrom("score")
        .select(["points", "answers"])
        .where("workspace", "=", workspaceKey(caller.place))
        .where("learner", "=", caller.person.id)
        .executeTakeFirst(),
  };
}

function strong(reviews: ReviewTable[]): ReviewTable[] {
  const rows = reviews.filter(
    ({ asked, correct, missed }) => missed === null && correct >= 2 && correct / asked >= 0.8,
  );
  return rows.sort((a, b) => b.correct / b.asked - a.correct / a.asked || b.correct - a.correct).slice(0, most);
}

function weak(reviews: ReviewTable[]): ReviewTable[] {
  const rows = reviews.filter(({ asked, correct, missed }) => missed !== null || correct / asked < 0.6);
  return rows.sort((a, b) => a.correct / a.asked - b.correct / b.asked).slice(0, most);
}
