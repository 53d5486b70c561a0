import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../src/engine/limits.ts";
import { engine } from "../harness/engine.ts";
import { callOnce, callUntilRefused, canRunPrograms, effectiveUser } from "../harness/syscall-program.ts";
import { type Scene, setTheScene } from "./abuse.ts";

const notPermitted = 1;
const newUser = 0x10000000;

/** What nobody in a sandbox may ask the kernel for. Numbers of x86-64. */
const forbidden: Record<string, [number, ...number[]]> = {
  mounting: [165, 0, 0, 0, 0, 0],
  unmounting: [166, 0, 0],
  "another root (pivot_root)": [155, 0, 0],
  "another root (chroot)": [161, 0],
  "mounting the new way": [430, 0, 0],
  "moving mounts": [429, 0, 0, 0, 0, 0],
  "a new user namespace (unshare)": [272, newUser],
  "a new user namespace (clone)": [56, newUser + 17, 0, 0, 0, 0],
  "somebody else's namespace": [308, 0, 0],
  BPF: [321, 0, 0, 0],
  "performance counters": [298, 0, 0, 0, 0, 0],
  "page faults in its own hands": [323, 0],
  "keyrings (keyctl)": [250, 0, 0, 0, 0, 0],
  "keyrings (add_key)": [248, 0, 0, 0, 0, 0],
  "keyrings (request_key)": [249, 0, 0, 0, 0],
  "another kernel": [246, 0, 0, 0, 0],
  "kernel modules": [175, 0, 0, 0],
  "files by handle": [304, 0, 0, 0],
  "handles of files": [303, 0, 0, 0, 0, 0],
  "disk quotas": [179, 0, 0, 0, 0],
  "the kernel's log": [103, 3, 0, 0],
  "a reboot": [169, 0xfee1dead, 672274793, 0x1234567, 0],
  swap: [167, 0, 0],
  accounting: [163, 0],
  "the clock (settimeofday)": [164, 0, 0],
  "the clock (clock_settime)": [227, 0, 0],
  "the host's name": [170, 0, 0],
  "watching all files": [300, 0, 0],
  "ports of the machine (iopl)": [172, 3],
  "ports of the machine (ioperm)": [173, 0, 1, 1],
  "segments of its own": [154, 0, 0, 0],
  tracing: [101, 0, 0, 0, 0],
  "memory of others (read)": [310, 1, 0, 0, 0, 0, 0],
  "memory of others (write)": [311, 1, 0, 0, 0, 0, 0],
  "files of others": [438, 0, 0, 0],
  io_uring: [425, 8, 0x600000],
  "a socket to the virtual machine's host": [41, 40, 1, 0],
  "a packet socket": [41, 17, 3, 0],
  "a raw socket": [41, 2, 3, 1],
  "a socket into the kernel's cipher code": [41, 38, 5, 0],
  Bluetooth: [41, 31, 3, 0],
  "netlink beyond routes": [41, 16, 3, 12],
  "memory hidden from the kernel": [447, 0],
  "a device file": [133, 0x400000, 0o020666, 0x103],
};

describe.skipIf(!engine)("the kernel", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setTheScene();
  });
  afterEach(() => scene.allIsWell());
  afterAll(() => scene?.close());

  test.skipIf(!canRunPrograms)("refuses whatever leads out of the sandbox, call by call", async () => {
    const programs = Object.fromEntries(
      Object.values(forbidden).map(([number, ...values], index) => [`call${index}`, callOnce(number, ...values)]),
    );
    await scene.bring(programs);
    const { text } = await scene.abuse(
      `for i in $(seq 0 ${Object.keys(forbidden).length - 1}); do /cake/call$i; echo $?; done`,
    );
    const answers = text.trim().split("\n").map(Number);
    expect(Object.fromEntries(Object.keys(forbidden).map((name, index) => [name, answers[index]]))).toEqual(
      Object.fromEntries(Object.keys(forbidden).map((name) => [name, notPermitted])),
    );
  });

  test.skipIf(!canRunPrograms)("allows what programs need", async () => {
    await scene.bring({
      inet: callOnce(41, 2, 1, 0),
      unix: callOnce(41, 1, 1, 0),
      pipe: callOnce(293, 0x600000, 0),
      random: callOnce(318, 0x600000, 16, 0),
      clone3: callOnce(435, 0, 0),
    });
    const { text } = await scene.abuse("for one in inet unix pipe random clone3; do /cake/$one; echo $?; done");
    expect(text.trim().split("\n")).toEqual(["0", "0", "0", "0", "38"]);
  });

  test.skipIf(!canRunPrograms)("a setuid program of root does not make anybody root", async () => {
    await scene.bring({ root: effectiveUser() }, 0o4755);
    const { outcome, text } = await scene.abuse("ls -l /cake/root | cut -c1-10; id -u > /cake/me; /cake/root");
    expect(text).toBe("-rwsr-xr-x\n");
    const me = Number((await scene.abuse("cat /cake/me")).text);
    expect(me).toBeGreaterThanOrEqual(limits.firstUid);
    expect(outcome.result.exitCode).toBe(me & 255);
  });

  test.skipIf(!canRunPrograms)("using up all file watches takes none from the neighbour", async () => {
    await scene.bring({ hold: callUntilRefused(true, 294, 0), count: callUntilRefused(false, 294, 0) });
    const nina = await scene.run("Nina", "true");
    const { tarOf } = await import("../harness/tar.ts");
    const count = await tarOf({ count: callUntilRefused(false, 294, 0) });
    await scene.engine.containers.copyIn(nina.outcome.view.container, "/cake", count);
    const before = (await scene.run("Nina", "exec /cake/count")).outcome.result.exitCode ?? 0;
    await scene.abuse("/cake/hold & /cake/hold & sleep 1");
    expect((await scene.abuse("/cake/count")).outcome.result.exitCode).toBe(0);
    const after = (await scene.run("Nina", "exec /cake/count")).outcome.result.exitCode;
    expect(before).toBeGreaterThan(50);
    expect(after).toBe(before);
    await scene.fresh();
  });

  test.skipIf(!canRunPrograms)("a container that shares its uid with others may watch no files at all", async () => {
    const id = await scene.sandboxes.createContainer({
      ...{ name: `abuse-uid-${Date.now()}`, image: scene.sandboxes.image().id, purpose: "line", owner: "test:mallory" },
      ...{ slot: 3003, runAs: "image", command: ["sleep", "60"] },
    });
    const { tarOf } = await import("../harness/tar.ts");
    await scene.engine.containers.copyIn(id, "/cake", await tarOf({ watch: callOnce(294, 0) }));
    await scene.engine.containers.start(id);
    expect((await scene.sandboxes.runIn(id, ["/cake/watch"])).exitCode).toBe(notPermitted);
    await scene.engine.containers.remove(id, { force: true });
  });

  test("its settings and control files cannot be written", async () => {
    const { text } = await scene.abuse(
      "for f in /proc/sysrq-trigger /proc/sys/kernel/core_pattern /proc/sys/vm/drop_caches /proc/1/oom_score_adj $(find /sys/fs/cgroup -name '*.procs' -o -name 'memory.limit_in_bytes' -o -name memory.max 2>/dev/null | head -5); do (echo 1 > $f) 2>/dev/null && echo WRITTEN $f; done; echo done",
    );
    expect(text.replace("WRITTEN /proc/1/oom_score_adj\n", "")).toBe("done\n");
  });

  test("mounting, chroot and devices fail in the shell too", async () => {
    const { text } = await scene.abuse(
      "mount -t tmpfs none /cake && echo BAD; chroot / true && echo BAD; mknod /cake/mem c 1 1 && echo BAD; unshare -r true && echo BAD; echo done",
    );
    expect(text).not.toContain("BAD");
  });

  test("there are no devices and no Docker socket to talk to", async () => {
    const { text } = await scene.abuse(
      "for f in /var/run/docker.sock /run/docker.sock /run/containerd/containerd.sock /dev/kvm /dev/mem /dev/vda /dev/sda /dev/kmsg /dev/fuse /dev/net/tun; do [ -e $f ] && echo THERE $f; done; echo done",
    );
    expect(text).toBe("done\n");
  });

  test("facts about the host are hidden", async () => {
    const { text } = await scene.abuse(
      "cat /proc/cmdline /proc/kallsyms /proc/config.gz /proc/keys /proc/modules /proc/kcore 2>/dev/null | wc -c",
    );
    expect(text.trim()).toBe("0");
  });

  test("no address outside can be reached, nor looked up, nor the cloud's own", async () => {
    const { text } = await scene.abuse(
      "for a in 1.1.1.1 169.254.169.254 172.17.0.1 10.0.0.1; do wget -q -T 1 -O /dev/null http://$a/ 2>&1 && echo REACHED $a; done; nslookup example.com 2>&1 | grep -c 'Address.*93'; tail -n +2 /proc/net/route",
    );
    expect(text).not.toContain("REACHED");
    expect(text.trim().split("\n").at(-1)).toBe("0");
  });
});
