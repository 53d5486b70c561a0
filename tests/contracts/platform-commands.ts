import { z } from "zod";
import { type Command, defineCommand } from "../../src/core/command.ts";
import type { Caller } from "../../src/core/context.ts";
import { UserError } from "../../src/core/errors.ts";
import {
  button,
  code,
  controls,
  fields,
  heading,
  link,
  press,
  privately,
  type Reply,
  reply,
  steps,
  text,
} from "../../src/core/reply.ts";

const png = Uint8Array.from(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);
const word = z.string().default("nothing");

/** The commands the contract is shown with. */
export function standing(callers: Caller[]): Command[] {
  const tell = defineCommand({
    name: "tell",
    summary: "Tells",
    options: z.object({ of: word }),
    run({ of }, context) {
      callers.push(context);
      return reply(text(`Told of ${of}`));
    },
  });
  return [
    tell,
    defineCommand({
      name: "ask",
      summary: "Asks",
      options: z.object({ question: word }),
      positional: ["question"],
      run: ({ question }) => reply(text(`You asked: ${question}`)),
    }),
    simple("offer", () =>
      reply(
        text("Choose"),
        controls(button("Press me", press("tell", { of: "pressing" }), "primary"), {
          kind: "ask",
          label: "Type something",
          title: "What do you want to run?",
          press: press("tell"),
          fills: "of",
        }),
        controls({
          kind: "select",
          placeholder: "Pick one",
          press: press("tell"),
          fills: "of",
          choices: [
            { label: "First", value: "1" },
            { label: "Second", value: "2" },
          ],
        }),
      ),
    ),
    simple("refuse", () => {
      throw new UserError("That does not fit.", [button("Tell instead", press("tell", { of: "refusing" }))]);
    }),
    defineCommand({
      name: "count",
      summary: "Counts",
      options: z.object({}),
      async *run() {
        for (let at = 0; at < 10; at++) yield reply(text(`Now at ${at}`));
      },
    }),
    simple("everything", () =>
      reply(
        heading("A heading"),
        text("**bold words**, _others_, `code`\n- a list\n- [docs](https://docs.docker.com/)"),
        code("$ docker ps\nCONTAINER ID", "console"),
        code("FROM cake", "dockerfile"),
        code('{"a": 1}', "json"),
        fields({ Size: "2 MB" }),
        steps([
          { title: "Start ada", state: "done" },
          { title: "Look inside", state: "running", detail: "`ls`" },
        ]),
        { kind: "picture", png, alt: "Three layers", name: "picture.png" },
        { kind: "file", name: "output.txt", text: "all of it" },
        controls(link("A link", "https://docs.docker.com/"), {
          ...button("Off", press("tell")),
          disabled: true,
        } as never),
      ),
    ),
    simple("hostile", () => {
      const nasty = "\u0000\u001b[31m\u202e@everyone <!channel> <@123> </tell:1> ``` ~~~ \ud800 & < > ||x|| 🎂 مرحبا";
      return privately(
        reply(
          heading(nasty),
          text(nasty),
          code(nasty, "console"),
          code(nasty, "text"),
          fields({ [nasty]: nasty }),
          steps([{ title: nasty, state: "failed", detail: nasty }]),
          text("the end of it"),
        ),
      );
    }),
  ];
}

function simple(name: string, run: () => Reply): Command {
  return defineCommand({ name, summary: `Does ${name}`, options: z.object({}), run });
}
