import { parseDockerfile } from "../../src/docker-cli/build/parse-dockerfile.ts";
import { rehearse } from "../../src/docker-cli/build/rehearse.ts";
import { LineRefusal } from "../../src/docker-cli/line-refusal.ts";
import { readLine } from "../../src/docker-cli/read-line.ts";
import { compileTemplate } from "../../src/docker-cli/template/render.ts";
import { TemplateError } from "../../src/docker-cli/template/template-error.ts";
import { CliError } from "../../src/engine/cli-error.ts";

const sample = { ID: "3f2c", Names: "web", Config: { Env: ["A=1", "B=2", "C=3"], Labels: { a: "b" } }, Id: "sha256:1" };

/** Does with a docker line what can be done without an engine: reads it, fills in its template, reads its Dockerfile. */
export function tryLine(line: string): void {
  try {
    const read = readLine(line);
    if ("help" in read) return;
    const { format } = read.flags;
    if (typeof format === "string") compileTemplate(format, () => ({ value: "" }))(sample);
    if (read.command.name === "build" && read.input !== undefined) rehearse(parseDockerfile(read.input), new Map());
  } catch (error) {
    if (error instanceof LineRefusal || error instanceof CliError || error instanceof TemplateError) return;
    throw error;
  }
}
