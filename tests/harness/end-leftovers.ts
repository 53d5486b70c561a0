import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Ends what a daemon that is gone has left: processes that name its folder, with everything they started, and its mounts. Daemons that
 * start containerd themselves leave shims behind when they are stopped under load.
 */
export function endLeftovers(folder: string): void {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const children = Map.groupBy(
    processes,
    (pid) =>
      read(`/proc/${pid}/stat`)
        .replace(/^.*\) /s, "")
        .split(" ")[1] ?? "",
  );
  const end = (pid: string): void => {
    for (const child of children.get(pid) ?? []) end(child);
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended by itself.
    }
  };
  for (const pid of processes)
    if (
      /^(containerd|\S*\/containerd)/.test(read(`/proc/${pid}/cmdline`)) &&
      read(`/proc/${pid}/cmdline`).includes(`${folder}/`)
    )
      end(pid);
  for (const mount of mountsIn(folder)) {
    try {
      execFileSync("umount", ["-l", mount], { stdio: "ignore" });
    } catch (error) {
      // What the daemon had mounted may go a moment after the daemon.
      if (mountsIn(folder).includes(mount)) throw error;
    }
  }
}

function mountsIn(folder: string): string[] {
  return read("/proc/mounts")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((mount) => mount.startsWith(`${folder}/`))
    .reverse();
}

/** Empty when it is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
