import type { FeatureName } from "./features.ts";
import type { GateName } from "./gate.ts";
import stored from "./weights.json" with { type: "json" };

/** Everything about the search that was fitted to examples; scripts/fit-gate.ts writes it. */
export interface Weights {
  ranking: Record<FeatureName, number>;
  gate: { bias: number; weights: Record<GateName, number> };
  /** Below `decline` nothing is answered, below `answer` the nearest cards are offered. */
  decline: number;
  answer: number;
}

/** The fitted weights that come with Bakehouse. */
export const weights: Weights = stored;
