import type { Control } from "./reply.ts";

/** An error written for the person who sees it. Everything else that is thrown is shown as a short reference only. */
export class UserError extends Error {
  readonly controls: Control[];

  /** `message`: what happened, what it means, what to do now; Markdown, one to three sentences. */
  constructor(message: string, controls: Control[] = []) {
    super(message);
    this.name = "UserError";
    this.controls = controls;
  }
}
