/** How a pressed control is written down: a command and its options as strings. */
export interface Press {
  command: string;
  options: Record<string, string>;
}

export interface Choice {
  label: string;
  value: string;
}

export type StepState = "waiting" | "running" | "done" | "failed";

export interface Step {
  title: string;
  state: StepState;
  detail?: string;
}

export type Control =
  | { kind: "button"; label: string; press: Press; style?: "primary" | "danger"; disabled?: boolean }
  | { kind: "select"; placeholder: string; press: Press; fills: string; choices: Choice[] }
  /** Asks for one line or a few lines of text, then presses with that text in the option `fills`. */
  | { kind: "ask"; label: string; press: Press; fills: string; title: string; multiline?: boolean }
  | { kind: "link"; label: string; url: string };

export type Block =
  | { kind: "heading"; text: string }
  /** A small Markdown subset: **bold**, _italic_, `code`, [text](url), `- ` lists. */
  | { kind: "text"; markdown: string }
  | { kind: "code"; language: "console" | "dockerfile" | "json" | "sh" | "text" | "yaml"; source: string }
  | { kind: "fields"; fields: { name: string; value: string }[] }
  | { kind: "steps"; steps: Step[] }
  /** `alt` tells the same facts as the picture. `name` ends in `.png`. */
  | { kind: "picture"; png: Uint8Array; alt: string; name: string }
  | { kind: "file"; name: string; text: string }
  | { kind: "controls"; controls: Control[] };

/** What a command answers. `asker` replies are seen by that person only. */
export interface Reply {
  blocks: Block[];
  audience?: "channel" | "asker";
  /** What it tells of, for the question that may follow; nobody sees it. */
  about?: Topic;
}

/** What an answer is about: the ids of its concept and of the answer, and the question as it was understood. */
export interface Topic {
  concept: string;
  answer?: string;
  question: string;
}

/** A reply of the given blocks; falsy blocks are left out, so that optional parts read well. */
export function reply(...blocks: (Block | false | undefined)[]): Reply {
  return { blocks: blocks.filter((block): block is Block => Boolean(block)) };
}

/** The same reply, for the asker only. */
export function privately(answer: Reply): Reply {
  return { ...answer, audience: "asker" };
}

export const heading = (text: string): Block => ({ kind: "heading", text });
export const text = (markdown: string): Block => ({ kind: "text", markdown });
export const code = (source: string, language: Extract<Block, { kind: "code" }>["language"] = "text"): Block => ({
  kind: "code",
  language,
  source,
});
export const fields = (values: Record<string, string>): Block => ({
  kind: "fields",
  fields: Object.entries(values).map(([name, value]) => ({ name, value })),
});
export const steps = (list: Step[]): Block => ({ kind: "steps", steps: list });
/** A row of controls, or nothing when there are none. */
export const controls = (...list: (Control | false | undefined)[]): Block | undefined => {
  const present = list.filter((control): control is Control => Boolean(control));
  return present.length ? { kind: "controls", controls: present } : undefined;
};

/** A press of `command` with the given options. */
export const press = (command: string, options: Record<string, string> = {}): Press => ({ command, options });

export const button = (label: string, target: Press, style?: "primary" | "danger"): Control => ({
  kind: "button",
  label,
  press: target,
  ...(style && { style }),
});
export const link = (label: string, url: string): Control => ({ kind: "link", label, url });
