import type { Person } from "../../core/context.ts";
import { button, controls, heading, press, privately, type Reply, reply, text } from "../../core/reply.ts";
import { describeBoard, inPoints } from "./board.ts";
import type { Leaderboard } from "./leaderboard.ts";

/** A leaderboard for one person, who can let their name be shown where there is a line of theirs and a name to show. */
export function viewScores({ top, mine, named }: Leaderboard, span: "week" | "all", { nameless }: Person): Reply {
  const when = span === "week" ? "this week" : "all time";
  return privately(
    reply(
      heading(`Scores, ${when}`),
      text(
        top.length > 0
          ? describeBoard(top, inPoints, 10)
          : "Nobody has points yet. A quiz in a channel brings the first.",
      ),
      mine !== null && text(`You: ${inPoints(mine.points)}, rank ${mine.rank}.`),
      text(
        named
          ? "Your name is shown here."
          : `Names are shown only of people who allow it${mine === null ? "" : "; you appear as a guest"}.`,
      ),
      controls(
        span === "week"
          ? button("All time", press("quiz scores", { span: "all" }))
          : button("This week", press("quiz scores", { span: "week" })),
        named && button("Hide my name", press("progress name", { show: "no" })),
        !named && mine !== null && !nameless && button("Show my name", press("progress name", { show: "yes" })),
      ),
    ),
  );
}
