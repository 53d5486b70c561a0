import type { FollowUps } from "./answers/cards/answer.ts";
import type { Command } from "./core/command.ts";

declare module "./core/context.ts" {
  interface Services {
    /** Every command of this program, for help. */
    commands(): readonly Command[];
    /** What answers may lead to right now. */
    offers(): FollowUps;
  }
}
