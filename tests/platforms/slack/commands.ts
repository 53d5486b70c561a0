import { z } from "zod";
import { defineCommand } from "../../../src/core/command.ts";
import { UserError } from "../../../src/core/errors.ts";
import {
  button,
  code,
  controls,
  heading,
  press,
  privately,
  reply,
  type StepState,
  steps,
  text,
} from "../../../src/core/reply.ts";

/** The smallest PNG. */
export const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** What the test commands wait for, so that tests decide when a step is over. */
export interface Gates {
  [name: string]: PromiseWithResolvers<void>;
}

/** Commands that show everything a platform has to draw. */
export function testCommands(gates: Gates = {}) {
  const none = z.object({});
  return [
    defineCommand({
      name: "ask",
      summary: "Repeats a question",
      options: z.object({ question: z.string() }),
      positional: ["question"],
      run: ({ question }, { person, place }) =>
        reply(
          text(`${person.name} asked: ${question}`),
          place.direct ? text("(direct)") : undefined,
          controls(button("More", press("more"))),
        ),
    }),
    defineCommand({ name: "more", summary: "More", options: none, run: () => reply(text("There is more.")) }),
    defineCommand({
      name: "help",
      summary: "Help",
      options: none,
      run: () => reply(heading("Help"), text("You can ask.")),
    }),
    defineCommand({
      name: "secret",
      summary: "For you",
      options: none,
      run: (_, { person }) =>
        privately(reply(text(`Only for ${person.name}.`), controls(button("More", press("more"))))),
    }),
    defineCommand({
      name: "shout",
      summary: "For all",
      options: none,
      run: () => ({ ...reply(text("For everybody.")), audience: "channel" as const }),
    }),
    defineCommand({
      name: "menu",
      summary: "Every control",
      options: none,
      run: () =>
        reply(
          text("Choose."),
          controls(
            button("Primary", press("echo", { said: "primary" }), "primary"),
            button("Danger", press("echo", { said: "danger" }), "danger"),
            { kind: "button", label: "Off", press: press("echo", { said: "off" }), disabled: true },
            {
              kind: "select",
              placeholder: "Pick one",
              press: press("echo"),
              fills: "said",
              choices: [
                { label: "One", value: "1" },
                { label: "Two", value: "2" },
              ],
            },
            {
              kind: "ask",
              label: "Write",
              press: press("echo"),
              fills: "said",
              title: "What shall I repeat?",
              multiline: true,
            },
            { kind: "link", label: "Docs", url: "https://docs.docker.com/" },
          ),
        ),
    }),
    defineCommand({
      name: "echo",
      summary: "Echo",
      options: z.object({ said: z.string().min(1) }),
      run: ({ said }) => reply(text(`You said ${said}.`)),
    }),
    defineCommand({
      name: "show",
      summary: "Steps",
      options: z.object({ secret: z.enum(["yes", "no"]).default("no") }),
      async *run({ secret }, { signal }) {
        const at = (first: StepState, second: StepState) => {
          const drawn = reply(
            heading("Two steps"),
            steps([
              { title: "Start one", state: first },
              { title: "Start two", state: second, detail: "with a name" },
            ]),
          );
          return secret === "yes" ? privately(drawn) : drawn;
        };
        yield at("running", "waiting");
        await Promise.race([gates.first?.promise, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
        if (signal.aborted) {
          yield secret === "yes" ? privately(reply(text("Stopped."))) : reply(text("Stopped."));
          return;
        }
        yield at("done", "running");
        await gates.second?.promise;
        yield {
          ...reply(
            ...at("done", "done").blocks,
            code("$ docker ps\nempty", "console"),
            text("Both are done."),
            controls(button("More", press("more"))),
          ),
          ...(secret === "yes" && { audience: "asker" as const }),
        };
      },
    }),
    defineCommand({
      name: "flow next",
      summary: "A flow",
      hidden: true,
      options: z.object({ at: z.coerce.number() }),
      run: ({ at }) =>
        privately(reply(text(`Question ${at}.`), controls(button("Next", press("flow next", { at: String(at + 1) }))))),
    }),
    defineCommand({
      name: "flow",
      summary: "A flow",
      options: none,
      run: () => privately(reply(text("Question 1."), controls(button("Next", press("flow next", { at: "2" }))))),
    }),
    defineCommand({
      name: "picture",
      summary: "A picture",
      options: none,
      run: () =>
        reply(
          text("Look."),
          { kind: "picture", png: pixel, alt: "One dot", name: "dot.png" },
          { kind: "file", name: "log.txt", text: "all of it" },
        ),
    }),
    defineCommand({
      name: "mypicture",
      summary: "A private picture",
      options: none,
      run: () => privately(reply(text("Look."), { kind: "picture", png: pixel, alt: "One dot", name: "dot.png" })),
    }),
    defineCommand({
      name: "halfway",
      summary: "Fails late",
      options: none,
      async *run() {
        yield reply(text("Working."));
        throw new UserError("The engine is not answering.");
      },
    }),
    defineCommand({
      name: "boom",
      summary: "Fails",
      options: none,
      run: () => {
        throw new Error("secret detail");
      },
    }),
    defineCommand({
      name: "refuse",
      summary: "Refuses",
      options: none,
      run: () => {
        throw new UserError("That cannot be done. Try `help`.", [button("Help", press("help"))]);
      },
    }),
    defineCommand({
      name: "mods",
      summary: "For moderators",
      moderator: true,
      options: none,
      run: () => reply(text("Moderated.")),
    }),
    defineCommand({
      name: "concept",
      summary: "A card",
      options: z.object({ name: z.string() }),
      complete: { name: (typed) => (typed.includes("layer") ? [{ label: "Layers", value: "layers" }] : []) },
      run: ({ name }) => reply(text(`Card ${name}`)),
    }),
    defineCommand({
      name: "quiz solo",
      summary: "Quiz",
      options: z.object({ topic: z.string().optional() }),
      complete: { topic: (typed) => (typed === "layers" ? [{ label: "Layers", value: "layers" }] : []) },
      run: ({ topic }) =>
        privately(
          reply(text(`Quiz on ${topic ?? "everything"}.`), controls(button("A", press("flow next", { at: "2" })))),
        ),
    }),
    defineCommand({
      name: "sandbox start",
      summary: "Sandbox",
      options: none,
      run: () => privately(reply(text("Your sandbox is ready."))),
    }),
    defineCommand({
      name: "sandbox run",
      summary: "Run",
      options: z.object({ command: z.string() }),
      positional: ["command"],
      run: ({ command }) => reply(code(`$ ${command}`)),
    }),
    defineCommand({
      name: "progress",
      summary: "Progress",
      options: none,
      run: () => privately(reply(text("You know a lot."))),
    }),
    defineCommand({
      name: "progress forget",
      summary: "Forget",
      options: none,
      run: () => privately(reply(text("Sure?"), controls(button("Delete it all", press("progress forget"), "danger")))),
    }),
    defineCommand({
      name: "progress export",
      summary: "Export",
      options: none,
      run: () => privately(reply({ kind: "file", name: "me.json", text: "{}" })),
    }),
    defineCommand({ name: "topics", summary: "Topics", options: none, run: () => reply(text("Layers")) }),
  ];
}
