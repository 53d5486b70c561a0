import { labels } from "./reading.ts";
import type { Json } from "./world.ts";

/** A control somebody could press: where it stands and what it is. */
export interface Found {
  block: Json;
  element: Json;
}

/** The control with that label or placeholder. Throws with the labels there are. */
export function findControl(blocks: Json[], label: string, where: string): Found {
  for (const block of blocks) {
    for (const element of (block.elements as Json[] | undefined) ?? []) {
      const shown = ((element.text ?? element.placeholder) as Json | undefined)?.text;
      if (block.type === "actions" && shown === label) return { block, element };
    }
  }
  throw new Error(`there is no control "${label}" in ${where}; there are: ${labels(blocks).join(", ")}`);
}
