import { button, controls, press, privately, type Reply, reply, text } from "../../../core/reply.ts";

/** What this platform says in its own words. */
export const sentences = {
  oldControl:
    "This button or list was made by another version of me, so I cannot read it. Nothing was changed; ask again, and the new answer has working buttons.",
  broken:
    "Something went wrong on my side, so I cannot show the answer. Nothing you did is lost; please try again, and tell the host if it happens again.",
  empty:
    "I am here. Write your question, for example: how do images and containers differ? `help` shows everything else.",
  inDirect: "I wrote the answer to you in a direct message, because it changes while it goes on or has files.",
  elsewhere: "This did not finish. The reason went to the person who asked.",
  noModal:
    "The form could not be opened: Slack gives me three seconds for that, and they were over. Press the button again.",
  hint: "You can type it too:",
  stopping: "I am being restarted. Nothing was changed; please try again in a minute.",
  tooMuch: (seconds: number) =>
    `That was a lot at once, so I did not do it. Please wait ${seconds} ${seconds === 1 ? "second" : "seconds"} and try again.`,
};

/** One sentence for the asker. */
export function say(sentence: string): Reply {
  return privately(reply(text(sentence)));
}

/** What is said to a mention or message without words. */
export function sayEmpty(): Reply {
  return reply(text(sentences.empty), controls(button("Help", press("help"))));
}
