import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A new name for this process: where it runs, its pid and when it started, so that others on this machine can see whether it still lives. */
export function nameOwner(): string {
  return [machine(), process.pid, startOf(process.pid), randomBytes(4).toString("hex")].join(" ");
}

/** Whether the process of that name is certainly gone. False for a process on another machine: nobody here can know. */
export function isGone(owner: string): boolean {
  const [where, pid, started] = owner.split(" ");
  if (where !== machine() || !pid) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  return started !== startOf(Number(pid));
}

/** The boot and the pid namespace: in another container the same pid is another process. */
function machine(): string {
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname().replaceAll(" ", "-");
  }
}

/** When a process started, in clock ticks since boot; empty where there is no /proc. */
function startOf(pid: number): string {
  try {
    // Field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name in brackets may hold spaces.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
