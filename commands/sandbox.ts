import { z } from "zod";
import { type Command, defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { quote } from "../src/core/dispatch.ts";
import { UserError } from "../src/core/errors.ts";
import { button, controls, press, privately, type Reply, reply, text } from "../src/core/reply.ts";
import { labControls } from "../src/labs/view.ts";
import type { Wait } from "../src/sandbox/room/places.ts";
import type { Sandboxes } from "../src/sandbox/service.ts";
import { endWords, showOutput, waitWords } from "../src/sandbox/shown-output.ts";
import {
  changeList,
  limitFields,
  notices,
  runControl,
  sandboxCard,
  sideBySide,
  startNews,
} from "../src/sandbox/view.ts";

/** The service, or a sentence that says why there is none. */
function need({ services }: Context): Sandboxes {
  if (services.sandboxes) return services.sandboxes;
  throw new UserError(
    "There are no sandboxes here: this bot runs without Docker. Questions and quizzes work as always.",
    [button("All topics", press("topics")), button("Quiz me", press("quiz solo"))],
  );
}

const yes = z.enum(["yes", "no"]);

const start = defineCommand({
  name: "sandbox start",
  summary: "Get a container of your own to try things in",
  activity: "sandbox",
  reach: "community",
  options: z.object({
    image: z
      .string()
      .trim()
      .toLowerCase()
      .max(60)
      .default("cake")
      .describe("The image, where the host allows more than one"),
  }),
  positional: ["image"],
  examples: ["sandbox start"],
  complete: {
    image: (typed, { services }) =>
      (services.sandboxes?.imageNames() ?? [])
        .filter((name) => name.startsWith(typed))
        .map((name) => ({ label: name, value: name })),
  },
  async *run({ image }, context) {
    const sandboxes = need(context);
    for await (const news of sandboxes.start(context.person, context.place, { image, signal: context.signal }))
      yield privately(startNews(news));
  },
});

const run = defineCommand({
  name: "sandbox run",
  summary: "Run a command in your sandbox, for example ls -la /",
  activity: "sandbox",
  reach: "community",
  options: z.object({
    command: z.string().min(1).max(4000).describe("A shell command, for example ls -la /"),
    share: yes.default("no").describe("Show the output to everybody in the channel: yes or no"),
  }),
  positional: ["command"],
  examples: ["sandbox run bake cherries", "sandbox run echo hi > /cake/note; ls /cake"],
  async *run({ command, share }, context) {
    const waits = Promise.withResolvers<Wait>();
    const { signal } = context;
    const running = need(context).run(context.person, context.place, command, { signal, onWait: waits.resolve });
    const wait = await Promise.race([waits.promise, running.then(() => undefined)]);
    const shown = (one: Reply): Reply => (share === "yes" ? { ...one, audience: "channel" as const } : privately(one));
    if (wait) yield shown(reply(text(`_${waitWords(wait)}_`)));
    const { result, started, notice } = await running;
    const ending = endWords(result);
    const lab = await context.services.labs.find(context.person.id);
    const answer = reply(
      started && text("_Your sandbox was started for this._"),
      ...showOutput(result.pieces, { room: context.room }),
      ending !== "" && text(ending),
      notice !== undefined && text(notice),
      controls(
        ...(lab ? labControls(lab) : []),
        runControl,
        button("Show my changes", press("sandbox changes")),
        !lab && button("My sandbox", press("sandbox status")),
      ),
    );
    yield shown(answer);
  },
});

const status = defineCommand({
  name: "sandbox status",
  summary: "Your sandbox: what it is, and how long it stays",
  options: z.object({}),
  async run(_, context): Promise<Reply> {
    const sandboxes = need(context);
    const view = await sandboxes.find(context.person.id);
    const readiness = sandboxes.readiness();
    if (view && readiness.state === "ready") return privately(sandboxCard(view));
    const past = view ? undefined : await sandboxes.past(context.person.id);
    return privately(
      reply(
        readiness.state !== "ready" && text(readiness.why),
        !view &&
          text(
            past ? `You have no sandbox. The last one was removed, because ${past.why}.` : "You have no sandbox yet.",
          ),
        controls(readiness.state !== "off" && !view && button("Start a sandbox", press("sandbox start"), "primary")),
      ),
    );
  },
});

/** `sandbox` alone shows it, or offers to start one. */
const bare = defineCommand({
  ...{ name: "sandbox", summary: "Your sandbox, as sandbox status shows it", hidden: true },
  options: z.object({}),
  claims: (rest) => rest === "",
  run: status.run,
});

const changes = defineCommand({
  name: "sandbox changes",
  summary: "What you have changed: the content of your container's writable layer",
  options: z.object({}),
  async run(_, context) {
    const { view, changes: list } = await need(context).changes(context.person.id);
    return privately(
      reply(...changeList(view, list), controls(runControl, button("Reset", press("sandbox reset"), "danger"))),
    );
  },
});

const limits = defineCommand({
  name: "sandbox limits",
  summary: "What your container may use, read back from the engine",
  options: z.object({}),
  run: async (_, context) => privately(limitFields(await need(context).limits(context.person.id))),
});

const extend = defineCommand({
  name: "sandbox extend",
  summary: "Keep your sandbox 20 minutes longer, once",
  options: z.object({}),
  run: async (_, context) => privately(sandboxCard(await need(context).extend(context.person.id), "Kept for longer.")),
});

const reset = defineCommand({
  name: "sandbox reset",
  summary: "Throw your container away and get a new one from the same image",
  options: z.object({ confirm: yes.default("no").describe("yes to do it without being asked again") }),
  async run({ confirm }, context) {
    const sandboxes = need(context);
    if (confirm === "no") {
      const { changes: list } = await sandboxes.changes(context.person.id);
      const many = list.filter(({ kind }) => kind !== "C").length;
      return privately(
        reply(
          text(
            `Reset removes your container and everything changed in it (${many === 1 ? "1 file" : `${many} files`}), and starts a new one from the same image.`,
          ),
          controls(
            button("Reset it", press("sandbox reset", { confirm: "yes" }), "danger"),
            button("Keep it", press("sandbox status")),
          ),
        ),
      );
    }
    const { view, lost } = await sandboxes.reset(context.person.id);
    const gone =
      lost === 0
        ? "Nothing had been changed in the old one."
        : `Your ${lost === 1 ? "1 change is" : `${lost} changes are`} gone.`;
    return privately(sandboxCard(view, `A new container. ${gone} The image is the same.`));
  },
});

const stop = defineCommand({
  name: "sandbox stop",
  summary: "Remove your sandbox with everything in it",
  options: z.object({
    person: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .describe("For instructors: whose sandbox, if it is not your own"),
  }),
  positional: ["person"],
  mentions: true,
  async run({ person }, context) {
    if (person !== undefined && person.replace(/^@/, "").toLowerCase() !== context.person.name.toLowerCase()) {
      const name = await need(context).stopOther(context.person, context.place, person);
      return privately(
        reply(
          text(
            `The sandbox of ${quote(name)} is removed, with every container and image they made. They are told that you stopped it.`,
          ),
        ),
      );
    }
    const had = await need(context).stop(context.person.id);
    return privately(
      reply(
        text(
          had
            ? "Your sandbox is removed, with every container and image you made. The shared image is as it was."
            : "You have no sandbox, so there was nothing to stop.",
        ),
        controls(button("Start a sandbox", press("sandbox start"))),
      ),
    );
  },
});

const beside = defineCommand({
  name: "sandbox beside",
  summary: "Put your container beside somebody else's: one image, different changes",
  activity: "sandbox",
  reach: "community",
  options: z.object({ person: z.string().trim().min(1).max(100).describe("Who: a name in this channel") }),
  positional: ["person"],
  examples: ["sandbox beside Lin"],
  async run({ person }, context) {
    const { id, asked } = await need(context).offer(context.person, context.place, person);
    return {
      ...reply(
        text(
          `${quote(context.person.name)} would like to put two sandboxes side by side, and asks ${quote(asked.name)}: may everybody here see which files you changed? Only names of files are shown, not what is in them.`,
        ),
        controls(button("Show mine too", press("sandbox agree", { offer: id }), "primary")),
      ),
      audience: "channel" as const,
    };
  },
});

const agree = defineCommand({
  name: "sandbox agree",
  summary: "Agree to show which files you changed, beside somebody else's",
  hidden: true,
  reach: "community",
  options: z.object({
    offer: z
      .string()
      .regex(/^[0-9a-f]{16}$/, "This is not an offer")
      .describe("The offer"),
  }),
  positional: ["offer"],
  async run({ offer }, context) {
    const sandboxes = need(context);
    const views = await sandboxes.agree(context.person, context.place, offer);
    const both = await Promise.all(views.map(async (view) => ({ view, changes: await sandboxes.changesOf(view) })));
    return { ...reply(...sideBySide(both), notices.ask), audience: "channel" as const };
  },
});

/** Everything about one's own container. */
const commands: Command[] = [start, run, status, changes, limits, extend, reset, stop, beside, agree, bare];
export default commands;
