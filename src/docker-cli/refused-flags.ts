interface RefusedFlag {
  names: readonly string[];
  /** The commands it belongs to; elsewhere it is just unknown. */
  commands: RegExp;
  /** A sentence that goes on after "is not possible in a sandbox:". */
  why: string;
  /** The card that tells more. */
  concept: string;
}

const creating = /^docker (run|create|container run|container create)$/;
const building = /build$/;
const anywhere = /./;

/** Flags of the real program that no sandbox offers, each with its reason. */
export const refusedFlags: readonly RefusedFlag[] = [
  {
    names: ["-v", "--volume", "--volumes-from", "--volume-driver"],
    commands: creating,
    why: "a volume or a folder of the host would outlive it and reach past it. `docker cp` moves single files.",
    concept: "volumes",
  },
  {
    names: ["--mount", "--tmpfs"],
    commands: creating,
    why: "mounts reach outside the container's own layer, and a sandbox has only that.",
    concept: "bind-mount",
  },
  {
    names: ["-p", "--publish", "-P", "--publish-all"],
    commands: creating,
    why: "it would open a port of the machine that runs this bot. Inside the container `127.0.0.1` works.",
    concept: "ports-publish",
  },
  {
    names: ["--network", "--net", "--network-alias", "--link", "--dns", "--add-host", "--ip", "--ip6", "--mac-address"],
    commands: creating,
    why: "its containers have no network at all, only their own loopback.",
    concept: "networking-localhost",
  },
  {
    names: ["--privileged", "--cap-add", "--cap-drop", "--security-opt", "--group-add"],
    commands: /^docker (container )?(run|create|exec)$/,
    why: "it changes which rights a container has over the host. Here every capability is dropped and stays so.",
    concept: "isolation",
  },
  {
    names: [
      "--device",
      "--gpus",
      "--device-cgroup-rule",
      "--sysctl",
      "--ulimit",
      "--oom-kill-disable",
      "--oom-score-adj",
    ],
    commands: creating,
    why: "it reaches for the host's hardware or kernel settings.",
    concept: "isolation",
  },
  {
    names: ["--pid", "--ipc", "--uts", "--userns", "--cgroupns", "--cgroup-parent", "--runtime", "--isolation"],
    commands: creating,
    why: "it would join the container to the host or to another container. What keeps them apart is fixed here.",
    concept: "isolation",
  },
  {
    names: ["--restart"],
    commands: creating,
    why: "a sandbox starts nothing again by itself; `docker start` and `docker restart` do.",
    concept: "restart-policy",
  },
  {
    names: ["--env-file", "--label-file", "--cidfile"],
    commands: /^docker (container )?(run|create|exec)$/,
    why: "there are no files of yours on this side. Give each variable with `-e NAME=value`.",
    concept: "env-config",
  },
  {
    names: ["--pull", "--platform", "--disable-content-trust"],
    commands: /(run|create|build)$/,
    why: "nothing is fetched here. Use the images that `docker images` lists.",
    concept: "pull-push",
  },
  {
    names: [
      "--init",
      "--detach-keys",
      "--sig-proxy",
      "--log-driver",
      "--log-opt",
      "--storage-opt",
      "--shm-size",
      "--blkio-weight",
      "--cpu-shares",
      "--cpuset-cpus",
      "--kernel-memory",
      "--memory-swap",
      "--memory-swappiness",
      "--memory-reservation",
      "--cpu-quota",
      "--cpu-period",
    ],
    commands: /^docker (container )?(run|create|start|exec)$/,
    why: "every container gets the same fixed settings there. `--memory`, `--cpus` and `--pids-limit` can be lowered.",
    concept: "resource-limits",
  },
  {
    names: ["-f", "--file"],
    commands: building,
    why: "there are no files of yours on this side. Send the Dockerfile with the line: `docker build -t name - <<EOF`.",
    concept: "dockerfile-build",
  },
  {
    names: [
      "--network",
      "--secret",
      "--ssh",
      "--add-host",
      "--output",
      "-o",
      "--cache-from",
      "--cache-to",
      "--push",
      "--squash",
      "--security-opt",
      "--memory",
      "--builder",
      "--load",
      "--progress",
      "--isolation",
      "--ulimit",
      "--cgroup-parent",
      "--allow",
    ],
    commands: building,
    why: "a build here runs each step in a small container without network and leaves one image.",
    concept: "dockerfile-build",
  },
  {
    names: [
      "-H",
      "--host",
      "-c",
      "--context",
      "--config",
      "--tls",
      "--tlsverify",
      "-D",
      "--debug",
      "-l",
      "--log-level",
    ],
    commands: /^docker$/,
    why: "docker lines here always go to the one engine behind this bot.",
    concept: "docker-basics",
  },
  {
    names: ["--link-local-ip", "--expose-all"],
    commands: anywhere,
    why: "its containers have no network at all.",
    concept: "networking-localhost",
  },
];
