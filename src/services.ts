import type { Command } from "./core/command.ts";
import type { FollowUps } from "./tutor/answer.ts";

declare module "./core/context.ts" {
  interface Services {
    /** Every command of this program, for help. */
    commands(): readonly Command[];
    /** What answers may lead to right now. */
    offers(): FollowUps;
  }
}
