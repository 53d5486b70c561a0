import type { FollowUps } from "./answers/cards/answer.ts";
import type { Command } from "./core/command.ts";
import type { PlatformDirectory } from "./core/platform-kind.ts";

declare module "./core/context.ts" {
  interface Services {
    /** Every command of this program, for help. */
    commands(): readonly Command[];
    /** What the platforms call things and how they write mentions. */
    platforms: PlatformDirectory;
    /** What answers may lead to right now. */
    offers(): FollowUps;
  }
}
