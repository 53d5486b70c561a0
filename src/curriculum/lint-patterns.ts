import type { Linted } from "./lint.ts";
import { patternFault } from "./pattern.ts";

/** A pack's patterns for pasted errors must not be able to hold the bot up, whatever somebody pastes. */
export function lintPatterns({ items, report }: Linted): void {
  for (const { id, errors, pack } of items.concepts.values()) {
    if (!pack) continue;
    for (const source of errors) {
      const fault = patternFault(source);
      if (fault) report("concepts", id, source, `the pattern ${JSON.stringify(source.slice(0, 80))}: ${fault}`);
    }
  }
}
