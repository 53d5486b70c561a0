import { type DockerCommand, has, valuesOf } from "./docker-command.ts";
import { byWeight, type Explanation, type Problem } from "./explanation.ts";
import { flagsOf } from "./flag-words.ts";
import { plainImage, runProblems, sidesOf } from "./run-problems.ts";

/** What each command does, in one sentence; `{}` stands for what it is given. The second word is the concept. */
const verbs: Record<string, readonly [concept: string, says: string]> = {
  build: [
    "dockerfile-build",
    "Builds an image from a Dockerfile and the build context `{}`, the folder whose files `COPY` can use (a dot is the current folder). No container is left.",
  ],
  ps: ["list-images-ps", "Lists containers that are up; nothing is changed."],
  images: ["list-images-ps", "Lists the images on this machine; nothing is changed."],
  start: ["run-create-start", "Starts the existing container `{}` again, with the files and settings it had."],
  stop: ["stop-kill-rm", "Stops the container `{}`: SIGTERM, and SIGKILL after 10 seconds. Its files stay."],
  kill: ["stop-kill-rm", "Ends the container `{}` at once with SIGKILL. Its files stay."],
  restart: [
    "stop-kill-rm",
    "Stops the container `{}` and starts the same one again: files and settings stay, no new image is used.",
  ],
  rm: ["stop-kill-rm", "Removes the container `{}` with its files; images and named volumes stay."],
  rmi: ["remove-image-in-use", "Removes the image (or this name of it) `{}`; it must not be in use by a container."],
  pull: ["pull-push", "Downloads the image `{}` from its registry; containers that exist are not changed."],
  push: ["pull-push", "Uploads the image `{}` to the registry its name begins with (Docker Hub if none)."],
  tag: [
    "tags-latest",
    "Only gives the same local image a second name: nothing is copied or uploaded. `docker push {}` is what uploads it.",
  ],
  commit: ["commit", "Makes a new image from the files of a container; volumes are left out, and the container stays."],
  logs: ["logs", "Prints what the main process of `{}` wrote; nothing is changed."],
  cp: ["copy-files", "Copies files between a container and your computer; it works on stopped containers too."],
  diff: ["writable-layer", "Lists what the container `{}` added (A), changed (C) or deleted (D) against its image."],
  inspect: ["history-inspect", "Shows everything Docker knows about `{}` as JSON."],
  history: ["history-inspect", "Lists the layers of the image `{}` with the instruction that made each."],
  save: ["save-load-export-import", "Writes an image with all its layers to a tar file; `docker load` reads it."],
  load: ["save-load-export-import", "Reads images from a tar file that `docker save` wrote."],
  export: [
    "save-load-export-import",
    "Writes the files of the container `{}` to a tar file, without image settings and volumes.",
  ],
  import: ["save-load-export-import", "Makes a flat image from a tar file of files."],
  stats: ["resource-limits", "Shows processor, memory and network use of running containers, live."],
  top: ["one-process", "Lists the processes that run in `{}`."],
  attach: ["exec-attach", "Connects your terminal to the main process of `{}`; Ctrl-C may end it."],
  login: ["registry", "Signs you in to a registry; the password is kept by the credential store."],
  update: ["resource-limits", "Changes limits or the restart policy of the container `{}` without making it anew."],
  "system prune": ["disk-cleanup", "Deletes stopped containers, unused networks, dangling images and build cache."],
  "image prune": ["dangling-images", "Deletes images without a tag that no container uses."],
  "container prune": ["disk-cleanup", "Deletes all stopped containers with their files."],
  "volume prune": ["volumes", "Deletes anonymous volumes that no container uses."],
  "builder prune": ["build-cache", "Deletes build cache that nothing refers to."],
  "system df": ["disk-cleanup", "Shows what images, containers, volumes and build cache take on the disk."],
  "volume create": ["volumes", "Makes the named volume `{}`."],
  "volume ls": ["volumes", "Lists volumes."],
  "volume rm": ["volumes", "Deletes the volume `{}` with its data; no container may use it."],
  "network create": ["networking-localhost", "Makes the network `{}`: containers on it find each other by name."],
  "network ls": ["networking-localhost", "Lists networks."],
  "network connect": ["networking-localhost", "Connects a container to the network `{}`."],
  "compose up": [
    "compose-basics",
    "Creates and starts everything in the Compose file: networks, volumes, and a container for each service.",
  ],
  "compose down": ["compose-basics", "Stops and removes the project's containers and networks; named volumes stay."],
  "compose build": ["compose-basics", "Builds the images of the services that have `build:`."],
  "compose logs": ["compose-basics", "Prints the output of the services."],
  "compose ps": ["compose-basics", "Lists the project's containers."],
  "compose exec": ["compose-basics", "Runs a command in the running container of a service."],
  "compose run": ["compose-basics", "Starts one extra container of a service for one command."],
  "compose pull": ["compose-basics", "Downloads newer images of the services; `up -d` then recreates the containers."],
  "compose restart": [
    "compose-basics",
    "Restarts the containers; changes in the Compose file are not picked up (`up -d` does that).",
  ],
};

/** What each restart policy means. */
const policies: Record<string, string> = {
  no: "Docker never starts it again by itself",
  always: "Docker starts it again whenever it ends, and after a reboot",
  "unless-stopped": "Docker starts it again after a crash or a reboot, unless you stopped it yourself",
  "on-failure": "Docker starts it again when it ends with an error",
};

/** Explains a command; undefined for one that is not known. `said`: what the person says about it. */
export function explainCommand(command: DockerCommand, said = ""): Explanation | undefined {
  const { verb, words } = command;
  if (verb === "run" || verb === "create") return explainRun(command, said);
  if (verb === "exec") return explainExec(command, said);
  const known = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!known) return undefined;
  const [concept, says] = known;
  const target = verb === "tag" ? words.at(-1) : verb === "network connect" ? words[0] : words.join(" ");
  return {
    concept,
    what: says.replaceAll(/ ?`\{\}`/g, target ? ` \`${target}\`` : "").replaceAll("{}", target || "NAME"),
    problems: byWeight(otherProblems(command)),
    parts: partsOf(command),
  };
}

function explainRun(command: DockerCommand, said: string): Explanation {
  const [image = "", ...program] = command.words;
  const [name] = valuesOf(command, "--name");
  const created = command.verb === "create" ? "Creates (without starting it)" : "Starts";
  const where = has(command, "-d") ? ", in the background" : "";
  const gone = has(command, "--rm") ? " that is removed when it ends" : "";
  const runs = program.length ? ` and runs \`${program.join(" ")}\` in it` : "";
  const lead = `${created} a **new** container${name ? ` \`${name}\`` : ""} from the image \`${image}\`${where}${gone}${runs}.`;
  const ports = valuesOf(command, "-p").map((one) => portWords(one));
  const volumes = valuesOf(command, "-v").map((one) => mountWords(one));
  const [policy] = valuesOf(command, "--restart");
  const restart = policy ? `${policies[policy.split(":")[0] ?? ""] ?? `Restart policy \`${policy}\``}.` : "";
  return {
    concept: volumes.length ? "volumes" : ports.length ? "ports-publish" : "run-create-start",
    what: [lead, ...ports, ...volumes, restart].filter(Boolean).join(" "),
    problems: byWeight(runProblems(command, said)),
    parts: [
      ...partsOf(command),
      ...(image ? [`\`${image}\`: the image; it is pulled if it isn't on this machine${tagWords(image)}`] : []),
      ...(program.length ? [`\`${program.join(" ")}\`: the program inside, instead of the image's CMD`] : []),
    ],
  };
}

function explainExec(command: DockerCommand, said: string): Explanation {
  const [container = "", ...program] = command.words;
  return {
    concept: "exec-attach",
    what: `Runs \`${program.join(" ") || "a program"}\` as a further process in the **running** container \`${container}\`; no new container is made.`,
    problems: byWeight(runProblems(command, said)),
    parts: partsOf(command),
  };
}

const tagWords = (image: string) => (/[:@]/.test(image.split("/").at(-1) ?? "") ? "" : `, with the tag \`latest\``);

function portWords(published: string): string {
  const sides = sidesOf(published);
  if (!sides) return `Port ${published} of the container is published on a random free port of your computer.`;
  return `Port **${sides.host}** of your computer leads to port **${sides.inside}** in the container.`;
}

/** What a `-v` mounts: a folder of one's own, or a volume. */
export function mountWords(mounted: string): string {
  const [source = "", target] = mounted.split(/:(?=\/)/);
  const inside = (target ?? source).replace(/:(?:ro|rw|z|Z|cached|delegated)$/, "");
  if (target === undefined) return `\`${inside}\` gets a new anonymous volume.`;
  if (/^\$\(?\{?(?:PWD|pwd)\)?\}?$|^\.\/?$/.test(source))
    return `Your current folder is mounted at \`${inside}\` (a bind mount: both sides see the same files).`;
  if (/^[./~$\\]|^[A-Za-z]:/.test(source))
    return `The folder \`${source}\` of your computer is mounted at \`${inside}\` (a bind mount).`;
  return `The named volume \`${source}\`, which Docker keeps in its own place, is mounted at \`${inside}\`.`;
}

function partsOf({ verb, flags }: DockerCommand): string[] {
  const known = flagsOf(verb.split(" ").at(-1) ?? verb);
  return flags.map(({ name, value }) => {
    const words = known[name];
    const shown = value === undefined ? name : `${name} ${value}`;
    if (!words) return `\`${shown}\`: not an option I know; \`docker ${verb} --help\` lists them`;
    if (name === "-p" && value !== undefined) return `\`${shown}\`: ${lower(portWords(value))}`;
    if (name === "-v" && value !== undefined && (verb === "run" || verb === "create"))
      return `\`${shown}\`: ${lower(mountWords(value))}`;
    return `\`${shown}\`: ${words.says.replaceAll("{}", value ?? "")}`;
  });
}

const lower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");

function otherProblems(command: DockerCommand): Problem[] {
  const { verb, words } = command;
  if (verb === "build" && words.length === 0)
    return [
      {
        text: "The build context is missing: a dot at the end means the current folder.",
        better: { language: "sh", source: `${command.typed} .` },
        weight: 10,
      },
    ];
  if (verb === "build" && !has(command, "-t"))
    return [{ text: "Without `-t NAME` the image gets no name, so you can only use it by its ID.", weight: 4 }];
  if (verb === "compose down" && has(command, "-v"))
    return [{ text: "`-v` deletes the project's named volumes too: databases start empty next time.", weight: 6 }];
  if (verb === "push" && words[0] && !words[0].includes("/"))
    return [
      {
        text: `\`${words[0]}\` has no account in front, so it would go to Docker's own library and is denied. Tag it with your name first.`,
        better: {
          language: "sh",
          source: `docker tag ${words[0]} YOURNAME/${plainImage(words[0])}\ndocker push YOURNAME/${plainImage(words[0])}`,
        },
        weight: 8,
      },
    ];
  return [];
}
