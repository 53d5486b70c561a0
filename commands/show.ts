import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { quote } from "../src/core/dispatch.ts";
import { UserError } from "../src/core/errors.ts";
import { nearest } from "../src/core/nearest.ts";
import { button, press, privately, reply, text } from "../src/core/reply.ts";
import type { Experiment } from "../src/curriculum/schema.ts";
import { viewPerformance, viewPrediction } from "../src/experiments/view.ts";

const show = defineCommand({
  name: "show",
  summary: "Watch an experiment run on real containers",
  options: z.object({
    experiment: z.string().trim().min(1).max(100).describe("The experiment, for example two-containers-one-image"),
    guess: z.coerce.number().int().min(0).max(4).optional().describe("Your prediction as a number; 0 skips it"),
  }),
  positional: ["experiment"],
  examples: ["show two-containers-one-image"],
  reach: "community",
  claims: (rest) => rest.split(/\s+/).length <= 5 && !/[?.!]$/.test(rest) && !/^me\b/i.test(rest),
  complete: {
    experiment: (typed, { services }) =>
      [...services.curriculum.current.experiments.values()]
        .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(typed.toLowerCase()))
        .map(({ id, title }) => ({ label: title, value: id })),
  },
  async *run({ experiment: name, guess }, context) {
    const experiment = findExperiment(name, context);
    if (guess === undefined) {
      yield viewPrediction(experiment);
      return;
    }
    const { experiments, offers, path } = context.services;
    const { origin, performances } = await experiments.start(experiment, context.person.id, context.signal);
    for await (const performance of performances) {
      yield viewPerformance(
        experiment,
        performance,
        Math.min(guess, experiment.predict.options.length),
        origin,
        offers(),
      );
    }
    await path.saw(context.person.id, "experiment", experiment.id);
  },
});

const stop = defineCommand({
  name: "show stop",
  summary: "Stop a running experiment",
  hidden: true,
  options: z.object({ run: z.string().max(20) }),
  run({ run }, { services, person }) {
    if (services.experiments.stop(run, person.id))
      return privately(reply(text("Stopping. Its containers are being removed.")));
    throw new UserError("That experiment is not running any more, or somebody else started it. Nothing was changed.");
  },
});

function findExperiment(name: string, { services }: Context): Experiment {
  const { experiments } = services.curriculum.current;
  const found =
    experiments.get(name.toLowerCase().replaceAll(" ", "-")) ??
    [...experiments.values()].find(({ title }) => title.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const near = nearest(name, experiments.keys());
  const shown = near.length
    ? near
    : services.tutor
        .suggest(name)
        .flatMap((concept) => concept.experiment ?? [])
        .slice(0, 3);
  throw new UserError(
    `There is no experiment ${quote(name)}.${shown.length ? " Did you mean one of these?" : " Ask a question; answers that can be shown have a *Show me* button."}`,
    shown.flatMap((id) => {
      const one = experiments.get(id);
      return one ? [button(one.title, press("show", { experiment: id }))] : [];
    }),
  );
}

export default [show, stop];
