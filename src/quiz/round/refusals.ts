import { UserError } from "../../core/errors.ts";
import { button, press } from "../../core/reply.ts";
import type { Round } from "./round-rows.ts";
import type { Refusal } from "./round-state.ts";
import { moreTimes } from "./timing.ts";

type Arrival = { state: "waiting" | "sent" | "lost"; advice?: string } | undefined;

/**
 * Throws what the starter of a quiz is told when the message in the channel, or the first question after it, could not be posted; in their
 * order.
 */
export function refuseUnposted([channel, question]: readonly Arrival[]): void {
  const lost = [channel, question].find((one) => one?.state === "lost");
  if (!lost) return;
  const why = lost.advice ?? "I cannot post in this channel. Somebody who may invite apps can add me; then try again.";
  const outcome =
    lost === channel ? "No quiz was started." : "I could not post the first question, so the quiz has ended again.";
  throw new UserError(`${why} ${outcome}`, [button("Quiz me alone", press("quiz solo"))]);
}

/** The sentence for an event that does not fit a round's state. */
export function refuse(refusal: Refusal, round: Round): UserError {
  switch (refusal) {
    case "ended":
      return endedError(round);
    case "paused":
      return new UserError("The quiz is paused, so nothing was changed. Press Resume to go on.", [
        button("Resume", press("quiz resume", { round: round.id })),
      ]);
    case "not-paused":
      return new UserError("The quiz is not paused; it is running already.");
    case "not-open":
      return new UserError("No question is open right now, so there is no time to add.");
    case "no-more-time":
      return new UserError(
        `This question already got more time ${moreTimes} times, which is the most. It closes at the time shown.`,
      );
    case "no-clock":
      return new UserError("This question has no clock, so take all the time you like.");
    case "moved-on":
      return new UserError(
        "The quiz has moved on since that button was shown, so nothing was changed. Use the newest message.",
      );
  }
}

/** What people hear who press something of a quiz that is over. */
export function endedError(round: Round): UserError {
  const { phase } = round.state;
  const at = phase.name === "ended" ? phase.at : round.at;
  const day = new Date(at).toISOString().slice(0, 10);
  return new UserError(`This quiz ended on ${day}, so the button does nothing any more. You can start a new one.`, [
    button("Quiz me alone", press("quiz solo")),
  ]);
}

/** A press from another channel than the quiz's own. */
export function elsewhereError(): UserError {
  return new UserError(
    "That quiz is in another channel, so nothing was changed here. Answer it where it is asked; `quiz start` begins one here.",
    [button("Quiz me alone", press("quiz solo"))],
  );
}

/** A press with an id that is unknown here: forged, from another place, or of deleted data. */
export function unknownError(): UserError {
  return new UserError(
    "I do not know the quiz that button belongs to: it is from another place, or its data was deleted. Nothing was changed; `quiz solo` starts one for you.",
    [button("Quiz me alone", press("quiz solo"))],
  );
}
