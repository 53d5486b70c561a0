import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Finding } from "../core/checks/finding.ts";
import type { Place } from "../core/context.ts";
import type { Log } from "../core/log.ts";
import type { PlatformKind } from "../core/platform-kind.ts";
import { platforms } from "../platforms/index.ts";

declare module "../core/context.ts" {
  interface Services {
    /** Missing where the program has nobody to be looked at by, as in tests. */
    doctor?: Doctor;
  }
}

/** Looks at the running bot from inside the chat. */
export interface Doctor {
  /** What was found, where platforms are asked about workspaces only about the one of `place`. Resolves with null when it could not look. */
  look(place: Place): Promise<Finding[] | null>;
}

const script = fileURLToPath(new URL("../../scripts/doctor.ts", import.meta.url));
/** A sick engine is waited for, but not for ever, in ms. */
const patience = 120_000;
/** For how long (ms) one look serves everybody in the same place. */
const fresh = 60_000;

const run = promisify(execFile);

/**
 * Runs the doctor as a program of its own, since its checks would hold up answers that platforms wait three seconds for. People in one place
 * who ask at the same time share a look.
 */
export function createDoctor({
  log,
  now = Date.now,
  kinds = platforms,
}: {
  log: Log;
  now?: () => number;
  kinds?: readonly PlatformKind[];
}): Doctor {
  const looks = new Map<string, { at: number; found: Promise<Finding[] | null> }>();
  /** Two looks at once would meet at the engine. */
  let last: Promise<unknown> = Promise.resolve();

  async function lookAt(only: string): Promise<Finding[] | null> {
    const ended = run(process.execPath, [script, "--json", "--only", only], {
      timeout: patience,
      maxBuffer: 10_000_000,
    });
    try {
      return read((await ended).stdout);
    } catch (error) {
      // It ends with 1 when something has to be mended.
      const { code, stdout } = error as { code?: unknown; stdout?: string };
      if (code === 1 && stdout) return read(stdout);
      log.error("the doctor could not look", { error });
      return null;
    }
  }

  return {
    look({ platform, workspace }) {
      const one = kinds.find(({ name }) => name === platform)?.checksWorkspaces ?? false;
      const only = one ? `${platform}:${workspace}` : "none";
      for (const [key, { at }] of looks) if (at < now() - fresh) looks.delete(key);
      const known = looks.get(only);
      if (known) return known.found;
      const found = last.then(() => lookAt(only));
      last = found;
      looks.set(only, { at: now(), found });
      return found;
    },
  };
}

function read(stdout: string): Finding[] {
  return (JSON.parse(stdout) as { findings: Finding[] }).findings;
}
