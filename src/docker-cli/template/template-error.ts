/** A template that cannot be read (`parse`) or run (`run`); the message is in Go's words, without `template: …`. */
export class TemplateError extends Error {
  readonly stage: "parse" | "run";
  /** Place in the template, in characters. */
  readonly at: number;
  /** The field that failed, as written. */
  readonly written: string;

  constructor(stage: "parse" | "run", message: string, at = 0, written = "") {
    super(message);
    this.name = "TemplateError";
    this.stage = stage;
    this.at = at;
    this.written = written;
  }

  /** As the `docker` program shows it, for example `template: :1:2: executing "" at <.Foo>: …`. */
  get shown(): string {
    if (this.stage === "parse") return `template: :1: ${this.message}`;
    return `template: :1:${this.at}: executing "" at <${this.written}>: ${this.message}`;
  }
}
