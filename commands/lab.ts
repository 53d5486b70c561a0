import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { quote } from "../src/core/dispatch.ts";
import { UserError } from "../src/core/errors.ts";
import { nearest } from "../src/core/nearest.ts";
import { button, controls, press, type Reply, reply, text } from "../src/core/reply.ts";
import { runLearnerLine } from "../src/docker-cli/sandbox-lines.ts";
import { viewJudgement, viewLabs, viewPosition } from "../src/labs/view.ts";
import { byChapter } from "../src/path/by-chapter.ts";
import { chaptersOf } from "../src/path/standing.ts";

const none = z.object({});

const list = defineCommand({
  name: "lab list",
  summary: "All hands-on labs",
  options: none,
  run: (_options, context) => listed(context),
});

async function listed({ services, person }: Context): Promise<Reply> {
  const labs = (await services.labs.list(person.id)).map((one) => ({ id: one.lab.id, ...one }));
  return viewLabs(byChapter(labs, ({ labs }) => labs, chaptersOf(services.curriculum.current)));
}

const start = defineCommand({
  name: "lab start",
  summary: "Start a hands-on lab in your sandbox, or go on with it",
  options: z.object({ lab: z.string().trim().min(1).max(100).describe("The lab, for example first-docker-lab") }),
  positional: ["lab"],
  examples: ["lab start first-docker-lab"],
  activity: "sandbox",
  reach: "community",
  complete: {
    lab: (typed, { services }) =>
      [...services.curriculum.current.labs.values()]
        .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(typed.toLowerCase()))
        .map(({ id, title }) => ({ label: title, value: id })),
  },
  run: ({ lab }, context) => begin(lab, context),
});

/** What is said of a lab where nothing can be run. */
const readOnly =
  "_There is no Docker here, so this lab can be read but not done. On a computer with Docker, Bakehouse gives you containers of your own._";

async function begin(name: string, { services, person }: Context): Promise<Reply> {
  const { labs } = services.curriculum.current;
  const lab = labs.get(name.toLowerCase().replaceAll(" ", "-"));
  if (lab) {
    const opening = [text(lab.goal), ...(services.sandboxes ? [] : [text(readOnly)])];
    return viewPosition(await services.labs.start(lab, person.id), opening);
  }
  throw new UserError(`There is no lab ${quote(name)}.`, [
    ...nearest(name, labs.keys()).map((id) => button(labs.get(id)?.title ?? id, press("lab start", { lab: id }))),
    button("All labs", press("lab list")),
  ]);
}

const check = defineCommand({
  name: "lab check",
  summary: "Check the step of the lab you are in",
  options: none,
  activity: "sandbox",
  reach: "community",
  run: async (_options, context) =>
    viewJudgement(await context.services.labs.check(context.person.id, (line) => runLearnerLine(line, context))),
});

const hint = defineCommand({
  name: "lab hint",
  summary: "A hint for the step you are at; the next one is bigger",
  options: none,
  reach: "community",
  async run(_options, { services, person }) {
    const { position, hint: said } = await services.labs.hint(person.id);
    return viewPosition(position, [text(`Hint: ${said}`)]);
  },
});

const stop = defineCommand({
  name: "lab stop",
  summary: "Leave the lab you are in",
  options: none,
  reach: "community",
  async run(_options, { services, person }) {
    const lab = await services.labs.stop(person.id);
    return reply(
      text(`You left the lab "${lab.title}". Your containers stay as they are until your sandbox ends.`),
      controls(button("Start it again", press("lab start", { lab: lab.id })), button("All labs", press("lab list"))),
    );
  },
});

const named = ["list", "start", "check", "hint", "stop"];

/** `lab` alone shows the step somebody is at, or all labs; `lab first-docker-lab` starts that one. */
const bare = defineCommand({
  ...{ name: "lab", summary: "The lab you are in, or all labs", hidden: true, reach: "community" },
  options: z.object({ lab: z.string().trim().max(100).default("") }),
  positional: ["lab"],
  claims: (rest) => rest === "" || (/^[\w-]+(?: [\w-]+){0,3}$/.test(rest) && nearest(rest, named, 1).length === 0),
  async run({ lab }, context) {
    if (lab) return begin(lab, context);
    const position = await context.services.labs.find(context.person.id);
    return position ? viewPosition(position) : listed(context);
  },
});

export default [list, start, check, hint, stop, bare];
