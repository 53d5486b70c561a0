import { CliError } from "../../engine/cli-error.ts";
import type { ImageSettings } from "../../engine/engine.ts";
import { argumentsOf } from "./arguments.ts";
import { atLine } from "./at-line.ts";
import { expandVariables, variablesOf } from "./expand.ts";
import type { Instruction } from "./parse-dockerfile.ts";
import { readSettings } from "./settings.ts";
import { checkSettingsRoom } from "./settings-room.ts";

/**
 * Goes through the instructions that only set something, without the engine, so that what grows too large is refused before the first
 * step is made. What bases bring along is not known here; each step is checked again with it. Throws {@link LineRefusal}.
 */
export function rehearse(instructions: readonly Instruction[], given: ReadonlyMap<string, string>): void {
  const globals = new Map<string, string>();
  let args = globals;
  let settings: ImageSettings = {};
  for (const instruction of instructions) {
    const { word } = instruction;
    if (word === "FROM") {
      args = new Map();
      settings = {};
    } else if (/^(ENV|LABEL|WORKDIR|ARG)$/.test(word)) {
      try {
        atLine(instruction, () => {
          const variables = new Map([...args, ...variablesOf(settings.env ?? [])]);
          const rest = expandVariables(instruction.rest, variables);
          if (word === "ARG") for (const [name, value] of argumentsOf(rest, given, globals)) args.set(name, value);
          else settings = { ...settings, ...readSettings(word, rest, settings) };
          checkSettingsRoom({ ...settings, cmd: [...args.values()] });
        });
      } catch (error) {
        // What the builder itself complains about comes in its turn, after the steps before it.
        if (error instanceof CliError) return;
        throw error;
      }
    }
  }
}
