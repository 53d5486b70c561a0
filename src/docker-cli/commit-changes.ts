import { CliError } from "../engine/cli-error.ts";
import type { ImageSettings } from "../engine/engine.ts";
import { splitInstruction } from "./build/parse-dockerfile.ts";
import { readSettings } from "./build/settings.ts";
import { LineRefusal } from "./line-refusal.ts";

const allowed = /^(CMD|ENTRYPOINT|ENV|EXPOSE|LABEL|USER|WORKDIR)$/;

/** The settings of `docker commit --change`, each one an instruction of a Dockerfile. Throws {@link CliError} and {@link LineRefusal}. */
export function changesOf(changes: readonly string[]): ImageSettings {
  let settings: ImageSettings = {};
  for (const change of changes) {
    const { word, rest } = splitInstruction(change);
    if (!allowed.test(word)) {
      if (/^(ONBUILD|VOLUME|STOPSIGNAL|HEALTHCHECK|SHELL)$/.test(word))
        throw new LineRefusal(
          `\`--change\` takes CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, USER and WORKDIR here, not ${word}.`,
          "commit",
        );
      throw new CliError(`Error response from daemon: ${word.toLowerCase()} is not a valid change command`);
    }
    settings = { ...settings, ...readSettings(word, rest, settings) };
  }
  return settings;
}
