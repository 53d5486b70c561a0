import { describe, expect, it } from "vitest";
import { withoutHostPaths } from "../../src/engine/host-paths.ts";

describe("the engine's words, as learners see them", () => {
  it.each([
    [
      "open /var/lib/docker/overlay2/0a1b/merged/cake/topping: no such file or directory",
      "open /cake/topping: no such file or directory",
    ],
    [
      'failed to create task: OCI runtime error: /data/docker/165536.165536/containers/ab12/config.v2.json: "busy"',
      'failed to create task: OCI runtime error: …: "busy"',
    ],
    ["connect: /run/containerd/containerd.sock: connection refused", "connect: …: connection refused"],
    ["dial unix /var/run/docker.sock: connect: permission denied", "dial unix …: connect: permission denied"],
    ["mkdir /home/host/.local/share/docker/overlay2/l: read-only file system", "mkdir …: read-only file system"],
    [
      "mount /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/7/fs: invalid argument",
      "mount : invalid argument",
    ],
    [
      'exec: "/cake/oven": stat /cake/oven: no such file or directory',
      'exec: "/cake/oven": stat /cake/oven: no such file or directory',
    ],
    ["invalid reference format: a/b/c", "invalid reference format: a/b/c"],
  ])("%s", (said, shown) => {
    expect(withoutHostPaths(said)).toBe(shown);
  });
});
