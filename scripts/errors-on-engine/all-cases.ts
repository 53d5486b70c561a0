import { buildCases } from "./builds.ts";
import { composeCases } from "./compose.ts";
import { containerCases } from "./containers.ts";
import type { ErrorCase } from "./error-case.ts";
import { imageCases } from "./images.ts";
import { networkCases } from "./networks.ts";
import { programCases } from "./programs.ts";
import { reachingCases } from "./reaching.ts";
import { startingCases } from "./starting.ts";
import { storageCases } from "./storage.ts";

/** Every error that is made on an engine. */
export const allCases: readonly ErrorCase[] = [
  ...containerCases,
  ...startingCases,
  ...imageCases,
  ...storageCases,
  ...networkCases,
  ...buildCases,
  ...composeCases,
  ...reachingCases,
  ...programCases,
];
