import type Docker from "dockerode";
import type { Exec } from "../engine.ts";
import { ask } from "./errors.ts";
import { checkName } from "./names.ts";
import { readOutput } from "./output.ts";

/** Commands inside running containers. */
export function createExec(docker: Docker): Exec {
  return {
    async start(container, { command, user, env, workingDir, stdin }, sink) {
      const made = await ask(
        docker.getContainer(checkName(container)).exec({
          Cmd: [...command],
          AttachStdout: true,
          AttachStderr: true,
          AttachStdin: stdin !== undefined,
          Tty: false,
          Privileged: false,
          ...(user !== undefined && { User: user }),
          ...(workingDir !== undefined && { WorkingDir: workingDir }),
          ...(env && { Env: Object.entries(env).map(([name, value]) => `${name}=${value}`) }),
        }),
      );
      // Hijacked, so that closing our side tells the program that its input has ended.
      const stream = await ask(made.start({ hijack: true, stdin: stdin !== undefined }));
      if (stdin !== undefined) stream.end(stdin);
      return {
        output: readOutput(stream, sink),
        async inspect() {
          const { Running, ExitCode } = await ask(made.inspect());
          return { running: Running, exitCode: ExitCode };
        },
      };
    },
  };
}
