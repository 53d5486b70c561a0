import { type Reply, reply, text } from "../../../core/reply.ts";

/** What this platform says in its own words. */
export const sentences = {
  oldControl:
    "This button or list was made by another version of me, so I cannot read it. Nothing was changed; ask again, and the new answer has working buttons.",
  broken:
    "Something went wrong on my side, so I cannot show the answer. Nothing you did is lost; please try again, and tell the host if it happens again.",
  stopping: "I am being restarted. Nothing was changed; please try again in a minute.",
  missed:
    "I was away for a moment and missed a command or a button here. Please use it again; nothing was changed by the first try.",
  shared: "The answer stands in the channel, for everybody.",
  private: "The answer to that is only for you. Press the button to see it.",
  showPrivate: "Show it to me",
  notYours: "That answer belongs to the person who asked. Ask me yourself, and you get your own.",
  forgotten: "I keep private answers for 15 minutes only, and this one is gone. Ask me again.",
  empty:
    "I am here. Write your question after the mention, for example: how do images and containers differ? `/help` shows everything else.",
  noText: "There are no words in that message, so there is nothing for me to read. Use this on a message with text.",
  modalTitle: "Your answer",
  community: (command: string) =>
    `\`/${command}\` works only in a server that has added me. Nothing was started; questions, cards and solo quizzes work here too.`,
  tooMuch: (seconds: number) =>
    `That was a lot at once, so I did not do it. Please wait ${seconds} ${seconds === 1 ? "second" : "seconds"} and try again.`,
  lacking: (permissions: string[]) =>
    `I cannot do that in this channel yet, because I lack ${permissions.length === 1 ? "the permission" : "the permissions"} ${permissions.map((one) => `**${one}**`).join(", ")}. Somebody who may change this channel's settings can allow it for me under *Edit channel > Permissions*.`,
};

/** A reply of one sentence. */
export function say(sentence: string): Reply {
  return reply(text(sentence));
}
