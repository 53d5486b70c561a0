import { quote } from "../core/dispatch.ts";
import { type Block, text } from "../core/reply.ts";
import type { Engine } from "../engine/engine.ts";
import { EngineError } from "../engine/engine-error.ts";
import { gatherStacks, type Naming } from "./facts.ts";
import type { Pictures } from "./pictures.ts";
import type { StackFacts } from "./stack-facts.ts";
import type { Theme } from "./svg.ts";

/** More images than this are told in one sentence. */
const most = 2;

/**
 * Blocks with the layers under these containers (ids or names), one picture for each image, at most two. Call it before the
 * containers are removed. Nothing at all when the engine does not answer; only faults of the program are thrown.
 */
export async function layerPicture(
  pictures: Pictures,
  engine: Engine,
  containers: readonly string[],
  naming?: Naming,
): Promise<Block[]> {
  try {
    return await showStacks(pictures, await gatherStacks(engine, containers, naming));
  } catch (error) {
    if (error instanceof EngineError) return [];
    throw error;
  }
}

/** Blocks that show these facts: pictures, or words where nothing can be drawn. */
export async function showStacks(pictures: Pictures, stacks: readonly StackFacts[], theme?: Theme): Promise<Block[]> {
  const shown = await Promise.all(stacks.slice(0, most).map((facts) => pictures.stack(facts, theme)));
  const rest = stacks.slice(most).flatMap((facts) => facts.containers.map(({ name }) => name));
  return [
    ...shown.flat(),
    ...(rest.length
      ? [text(`Not drawn, because they come from further images: ${rest.map((one) => quote(one)).join(", ")}.`)]
      : []),
  ];
}
