import { type Press, press } from "../../core/reply.ts";

/** What somebody has begun and can go on with. */
export type Work = { kind: "lab" } | { kind: "quiz"; solo: string; n: number };

type Wish = "check" | "next" | "hint" | "stop" | "where";

/** What people say to the work they are at, when its buttons are not on screen any more. */
const words: readonly (readonly [Wish, RegExp])[] = [
  [
    "check",
    /^(?:check(?: it| me| my work| this| that| again)?|verify|am i (?:done|right|finished)|is (?:it|this|that) right|(?:i'?m |i am |all )?(?:done|finished|ready))$/,
  ],
  ["next", /^(?:next(?: one| step| question| please)?|continue|go on|proceed)$/],
  ["hint", /^(?:(?:a |another |one more |bigger )?hint(?: please)?|give me a(?:nother)? hint|(?:i'?m |i am )?stuck)$/],
  ["stop", /^(?:stop|leave|end|abort|cancel|give up|i give up)(?: (?:it|this|now|here|the lab|the quiz|lab|quiz))?$/],
  [
    "where",
    /^(?:where (?:am|was) i|what now|what (?:do|should) i do(?: now| next)?|(?:the |this |current |my )?(?:step|task)|(?:repeat|show)(?: me)? (?:the |my )?(?:step|task|question))$/,
  ],
];

/** What a wish presses in the work somebody is at. */
function presses(work: Work): Record<Wish, Press | undefined> {
  switch (work.kind) {
    case "lab":
      return {
        check: press("lab check"),
        // What is done moves on, and what is not says why.
        next: press("lab check"),
        hint: press("lab hint"),
        stop: press("lab stop"),
        where: press("lab"),
      };
    case "quiz": {
      // The open question comes back with its buttons.
      const again = press("quiz solo");
      const { solo, n } = work;
      return {
        check: undefined,
        next: again,
        hint: press("quiz clue", { solo, n: String(n) }),
        stop: press("quiz leave", { solo }),
        where: again,
      };
    }
  }
}

/** Whether words may speak to one's work; only then is it worth a look what that is. */
export function speaksToWork(typed: string): boolean {
  return wishOf(typed) !== undefined;
}

/** What words ask of the work somebody is at. */
export function pressWork(typed: string, work: Work): Press | undefined {
  const wish = wishOf(typed);
  return wish && presses(work)[wish];
}

function wishOf(typed: string): Wish | undefined {
  const plain = typed
    .toLowerCase()
    .replaceAll("\u2019", "'")
    .replace(/[\s.!?,]+/g, " ")
    .trim();
  return words.find(([, said]) => said.test(plain))?.[0];
}
