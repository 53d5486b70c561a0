import { readdirSync, readFileSync } from "node:fs";
import type { Engine } from "../../src/engine/engine.ts";
import { isEngineError } from "../../src/engine/engine-error.ts";
import { packTar } from "../../src/engine/tar-files.ts";
import { testBase } from "../harness/engine.ts";

const folder = new URL("../../images/cake/", import.meta.url);

/** The id of an image named `cake` on the tests' engine, as the real program needs it; built when it is not there. */
export async function prepareCake(engine: Engine): Promise<string> {
  try {
    return (await engine.images.inspect("cake:latest")).id;
  } catch (error) {
    if (!isEngineError(error, "not-found")) throw error;
  }
  const entries = readdirSync(folder).map((name) => ({
    header: { name, mode: 0o644 },
    body: readFileSync(new URL(name, folder)),
  }));
  return engine.images.build({
    context: await packTar(entries),
    reference: "cake:latest",
    buildArgs: { BASE: testBase },
  });
}
