import type { ContainerDetails } from "../engine/engine.ts";
import type { ImageDetails } from "../engine/engine-images.ts";
import { scopeOf } from "../engine/names.ts";
import type { Sandboxes, SandboxView } from "../sandbox/service.ts";
import { readably } from "../sandbox/trouble.ts";
import { gatherStacks, type Naming } from "./facts.ts";
import type { StackFacts } from "./stack-facts.ts";

/**
 * The layers under a learner's sandbox and under the containers they made by `docker` lines, the sandbox first; empty when they have
 * none. Throws a UserError when the engine does not answer.
 */
export async function ownStacks(sandboxes: Sandboxes, learner: string): Promise<StackFacts[]> {
  const { engine } = sandboxes;
  const view = await sandboxes.find(learner);
  return readably(async () => {
    const own = await engine.containers.list({ labels: sandboxes.labelsOf(learner) });
    const names = sandboxes.namesOf(learner);
    const lines = own.filter(({ id, name }) => id !== view?.container && names.shownContainer(name) !== undefined);
    const ids = [...(view ? [view.container] : []), ...lines.map(({ id }) => id)];
    return gatherStacks(engine, ids, namesFor(sandboxes, learner, view));
  });
}

/** Everything under the name the learner knows, and nothing under a name of somebody else. */
function namesFor(sandboxes: Sandboxes, learner: string, view: SandboxView | undefined): Naming {
  const names = sandboxes.namesOf(learner);
  const short = (name: string) => name.replace(/:latest$/, "");
  return {
    container: ({ id, name }: ContainerDetails) =>
      id === view?.container ? "sandbox" : (names.shownContainer(name) ?? "(no name)"),
    image({ id, references }: ImageDetails) {
      const shared = sandboxes.images().find((image) => image.id === id);
      if (shared) return shared.name;
      if (id === view?.image) return view.imageName;
      const own = references.flatMap((reference) => names.shownImage(reference) ?? []);
      const common = references.filter((reference) => scopeOf(reference) === undefined);
      return short(own[0] ?? common[0] ?? "(no name)");
    },
  };
}
