import type { Invocation } from "./platform.ts";
import type { Reply } from "./reply.ts";

/** What was said before, as far as the next message needs it. */
export interface Conversation {
  /** What a message means where it was said: the control or the command that its words name, else the invocation as it is. Never rejects. */
  understand(invocation: Invocation): Promise<Invocation>;
  /** Notes what was answered. Returns at once, for the answer waits for no disk, and never throws. */
  note(invocation: Invocation, answer: Reply): void;
}
