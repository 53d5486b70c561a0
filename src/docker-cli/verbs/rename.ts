import { z } from "zod";
import { CliError, daemonError } from "../../engine/cli-error.ts";
import { EngineError } from "../../engine/engine-error.ts";
import { nameTaken } from "../create-own.ts";
import { engineText, findContainer, refuseMain } from "../each.ts";
import { defineLine } from "../session.ts";

export const rename = defineLine({
  name: "rename",
  also: ["container rename"],
  usage: "docker rename CONTAINER NEW_NAME",
  summary: "Rename a container",
  flags: z.object({}),
  args: [2, 2],
  completes: "container",
  async run({ args: [typed = "", next = ""] }, session) {
    try {
      const found = await findContainer(session, typed);
      refuseMain(found, "rename");
      const name = next.replace(/^\//, "");
      if (name === found.shown) throw daemonError("Renaming a container with the same name as its current name");
      if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name) || name.length > 64)
        throw daemonError(`Invalid container name (${next}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
      const holder = (await session.holdings.containers()).find(({ shown }) => shown === name);
      if (holder)
        throw daemonError(
          nameTaken(name, holder.id).message.replace(
            "Error response from daemon: ",
            "Error when allocating new name: ",
          ),
        );
      await session.engine.containers.rename(found.id, session.names.container(name));
    } catch (error) {
      const said =
        error instanceof CliError
          ? error.message
          : error instanceof EngineError && error.kind !== "unreachable"
            ? daemonError(engineText(session, error)).message
            : undefined;
      if (said === undefined) throw error;
      throw new CliError(`${said}\nError: failed to rename container named ${typed}`);
    }
    return 0;
  },
});
