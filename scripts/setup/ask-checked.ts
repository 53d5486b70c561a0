import type { Prompt } from "./prompt.ts";

/** How often somebody may try before they are told to come back. */
const tries = 3;

interface Asked<T> {
  question: string;
  secret?: boolean;
  /** Whether there is a value already, which Enter keeps. */
  known?: boolean;
  /** What the value turned out to be, or why it cannot be used. */
  check(value: string): Promise<{ good: T } | { bad: string }>;
}

/** Asks until the answer passes its check. Undefined when it was skipped, given up, or the input ended. */
export async function askChecked<T>(
  prompt: Prompt,
  { question, secret = false, known = false, check }: Asked<T>,
): Promise<{ value: string; good: T } | undefined> {
  const hint = known ? "Enter keeps the one there is" : "Enter skips it";
  for (let left = tries; left > 0; left--) {
    const value = await prompt.ask(`${question} (${hint})`, { secret });
    if (!value) return undefined;
    // A token that is pasted with something else would be written into the file as it is.
    const checked = /^[\w.:~+/=-]+$/.test(value)
      ? await check(value)
      : { bad: "That has characters in it that no token has. Copy it again, without blanks and quotes." };
    if ("good" in checked) return { value, good: checked.good };
    prompt.say(checked.bad);
  }
  prompt.say("That did not work. Run the set-up again when you have the right one; nothing was changed for it.");
  return undefined;
}
