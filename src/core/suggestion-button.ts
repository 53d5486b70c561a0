import type { Command } from "./command.ts";
import { button, type Control, press } from "./reply.ts";

/**
 * The button of a command that was suggested. It does what its label says: it runs the command, or explains the one that needs more than its name;
 * so whoever types the label gets the same, and never the suggestion again.
 */
export function suggestionButton(name: string, commands: readonly Command[]): Control {
  const command = commands.find((one) => one.name === name);
  return command?.options.safeParse({}).success
    ? button(name, press(name))
    : button(`help ${name}`, press("help", { topic: name }));
}
