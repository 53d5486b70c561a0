import type { ImageSettings } from "../../engine/engine.ts";
import { limits } from "../../engine/limits.ts";
import { LineRefusal } from "../line-refusal.ts";

/** The most variables, labels or ports of one image. */
const mostEntries = 500;
/** The longest path a kernel takes, in bytes. */
const longestPath = 4096;

/** Throws {@link LineRefusal} when the settings of an image are more than an image holds here, its base's own included. */
export function checkSettingsRoom({
  env = [],
  cmd = [],
  entrypoint = [],
  labels = {},
  exposedPorts = [],
  workingDir = "",
}: ImageSettings): void {
  const counts = { variables: env.length, labels: Object.keys(labels).length, ports: exposedPorts.length };
  for (const [what, count] of Object.entries(counts))
    if (count > mostEntries)
      throw new LineRefusal(`That makes ${count} ${what}, and an image here has at most ${mostEntries}.`, "env-config");
  if (Buffer.byteLength(workingDir) > longestPath)
    throw new LineRefusal(`The working folder's path is longer than ${longestPath} bytes.`, "dockerfile-build");
  const texts = [...env, ...cmd, ...entrypoint, ...Object.entries(labels).flat(), ...exposedPorts];
  const bytes = texts.reduce((sum, one) => sum + Buffer.byteLength(one), 0);
  if (bytes > limits.specBytes)
    throw new LineRefusal(
      `The image's variables, labels and commands would have ${Math.ceil(bytes / 1024)} kB together, and an image here holds ${limits.specBytes / 1024} kB of them.`,
      "env-config",
    );
}
