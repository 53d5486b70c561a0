/** Commands of the real program that no sandbox offers, each with its reason and the card that tells more. */
export const refusedCommands: readonly { names: readonly string[]; why: string; concept: string }[] = [
  {
    names: ["pull", "push", "login", "logout", "search", "image pull", "image push"],
    why: "a sandbox has no network, so it reaches no registry. `docker images` lists what is here; `docker build` and `docker commit` make more.",
    concept: "pull-push",
  },
  {
    names: ["save", "load", "import", "export", "image save", "image load", "image import", "container export"],
    why: "an image as a file is larger than a chat carries. `docker cp` moves single files.",
    concept: "save-load-export-import",
  },
  {
    names: ["volume"],
    why: "a volume would outlive the sandbox. Here every container has its own writable layer and nothing else.",
    concept: "volumes",
  },
  {
    names: ["network"],
    why: "containers here have no network but their own loopback.",
    concept: "networking-localhost",
  },
  {
    names: ["compose"],
    why: "it needs networks and files on this side. Start the containers one by one with `docker run -d`.",
    concept: "compose-basics",
  },
  {
    names: ["attach", "container attach"],
    why: "a chat is no terminal. `docker logs` shows what a container prints, `docker exec` runs a command in it.",
    concept: "exec-attach",
  },
  {
    names: ["update", "container update"],
    why: "limits of a running container are fixed here. Give `--memory` or `--cpus` to `docker run`.",
    concept: "resource-limits",
  },
  {
    names: ["stats", "container stats"],
    why: "it would redraw for ever. `docker top` shows the processes of a container.",
    concept: "resource-limits",
  },
  {
    names: ["buildx", "builder", "manifest", "trust", "scout", "sbom", "init"],
    why: "a sandbox builds with `docker build` and shares nothing.",
    concept: "dockerfile-build",
  },
  {
    names: [
      "info",
      "events",
      "system",
      "context",
      "plugin",
      "config",
      "secret",
      "swarm",
      "node",
      "service",
      "stack",
      "checkpoint",
      "model",
      "ai",
      "mcp",
    ],
    why: "it concerns the whole engine and other people's things. `docker version` and `docker system df` work.",
    concept: "docker-basics",
  },
];
