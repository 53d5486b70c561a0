import type { Engine } from "../engine/engine.ts";
import { ignoreGone } from "../engine/engine-error.ts";
import type { Names } from "../engine/names.ts";

/** Takes away every image name of an owner, used by a container or not; the shared image may carry some, which no label would find. */
export async function forgetNames(engine: Engine, names: Names): Promise<void> {
  const named = await engine.images.list({ reference: names.patterns });
  const own = new Set(
    named.flatMap(({ references }) => references.filter((one) => names.shownImage(one) !== undefined)),
  );
  for (const reference of own)
    await engine.images.remove(reference, { force: true, keepParents: true }).catch(ignoreGone);
}
