import type { LineCommand } from "./session.ts";
import { build } from "./verbs/build.ts";
import { commit } from "./verbs/commit.ts";
import { containerInspect } from "./verbs/container-inspect.ts";
import { containerPrune } from "./verbs/container-prune.ts";
import { cp } from "./verbs/cp.ts";
import { create } from "./verbs/create.ts";
import { diff } from "./verbs/diff.ts";
import { exec } from "./verbs/exec.ts";
import { history } from "./verbs/history.ts";
import { imageInspect } from "./verbs/image-inspect.ts";
import { imagePrune } from "./verbs/image-prune.ts";
import { images } from "./verbs/images.ts";
import { inspect } from "./verbs/inspect.ts";
import { kill } from "./verbs/kill.ts";
import { logs } from "./verbs/logs.ts";
import { pause } from "./verbs/pause.ts";
import { port } from "./verbs/port.ts";
import { ps } from "./verbs/ps.ts";
import { rename } from "./verbs/rename.ts";
import { restart } from "./verbs/restart.ts";
import { rm } from "./verbs/rm.ts";
import { rmi } from "./verbs/rmi.ts";
import { run } from "./verbs/run.ts";
import { start } from "./verbs/start.ts";
import { stop } from "./verbs/stop.ts";
import { systemDf } from "./verbs/system-df.ts";
import { tag } from "./verbs/tag.ts";
import { top } from "./verbs/top.ts";
import { unpause } from "./verbs/unpause.ts";
import { version } from "./verbs/version.ts";
import { wait } from "./verbs/wait.ts";

/** Every docker command that can be typed, in the order of help. */
export const lineCommands: readonly LineCommand[] = [
  run,
  ps,
  images,
  exec,
  logs,
  diff,
  commit,
  history,
  inspect,
  tag,
  rmi,
  rm,
  start,
  stop,
  restart,
  kill,
  rename,
  top,
  create,
  cp,
  build,
  version,
  pause,
  unpause,
  wait,
  port,
  containerInspect,
  imageInspect,
  containerPrune,
  imagePrune,
  systemDf,
];

/** The commands by everything they can be called: `ps`, `container ls`. */
export const lineCommandsByName: ReadonlyMap<string, LineCommand> = new Map(
  lineCommands.flatMap((command) => [command.name, ...(command.also ?? [])].map((name) => [name, command] as const)),
);

/** First words of the long forms: `docker container ls`. */
export const groups: ReadonlySet<string> = new Set(["container", "image", "system", "builder"]);
