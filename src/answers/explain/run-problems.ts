import { type DockerCommand, has, valuesOf } from "./docker-command.ts";
import type { Problem } from "./explanation.ts";

/** What databases want to be told before they start. */
const demands: Record<string, string> = {
  postgres: "-e POSTGRES_PASSWORD=secret",
  mysql: "-e MYSQL_ROOT_PASSWORD=secret",
  mariadb: "-e MARIADB_ROOT_PASSWORD=secret",
};
const shells = new Set("sh bash ash zsh python python3 node".split(" "));
const systems = new Set("ubuntu debian alpine centos fedora busybox rockylinux".split(" "));
const dockerFlag = /^(?:-[dpvei]|-it|-ti|--name|--rm|--network|--env|--volume|--publish|--restart|--detach)(?:=.*)?$/;

/** The host's and the container's side of `-p`; undefined when only one is given. */
export function sidesOf(published: string): { host: string; inside: string } | undefined {
  const [, host, inside] = /^(?:[\d.]+:|\[[^\]]*\]:)?(\d+)?:(\d+)(?:\/\w+)?$/.exec(published) ?? [];
  return host !== undefined && inside !== undefined ? { host, inside } : undefined;
}

/** The image's name without registry and tag. */
export const plainImage = (image: string) => (image.split("/").at(-1) ?? image).split(/[:@]/)[0] ?? image;

/** What is probably wrong with a `docker run`, `create` or `exec`; `said` is what the person says about it. */
export function runProblems(command: DockerCommand, said: string): Problem[] {
  return [
    ...misplaced(command),
    ...ports(command, said),
    ...terminals(command),
    ...mounts(command),
    ...settings(command),
  ];
}

function misplaced({ verb, words, typed }: DockerCommand): Problem[] {
  if (verb === "exec") return [];
  const [image = "", ...after] = words;
  const late = after.find((word) => dockerFlag.test(word));
  if (!late || shells.has(after[0] ?? "")) return [];
  return [
    {
      text: `\`${late}\` stands after the image \`${image}\`, so it goes to the program inside and Docker never sees it. Docker's options belong before the image.`,
      better: { language: "sh", source: moveBefore(typed, image, late) },
      weight: 9,
    },
  ];
}

function moveBefore(typed: string, image: string, late: string): string {
  const at = typed.indexOf(` ${image}`);
  const tail = typed.slice(at + image.length + 1);
  const from = tail.indexOf(late);
  return `${typed.slice(0, at)}${tail.slice(from - 1)} ${image}`.replace(/\s+/g, " ").trim();
}

function ports(command: DockerCommand, said: string): Problem[] {
  const sides = valuesOf(command, "-p").flatMap((one) => sidesOf(one) ?? []);
  const asked = /\b(?:localhost|127\.0\.0\.1):(\d{2,5})\b/.exec(said)?.[1];
  const [first] = sides;
  if (first && asked !== undefined && asked !== first.host) {
    return [
      {
        text: `\`-p\` is HOST:CONTAINER, the host's port first: on your computer it is port **${first.host}**, so open http://localhost${first.host === "80" ? "" : `:${first.host}`}. Port ${first.inside} is the one inside the container. If you want ${asked} on your computer, publish \`-p ${asked}:${first.inside}\`.`,
        better: {
          language: "sh",
          source: command.typed.replace(`${first.host}:${first.inside}`, `${asked}:${first.inside}`),
        },
        weight: 10,
      },
    ];
  }
  if (first && /localhost|refus|browser|reset|open|reach|connect/i.test(said)) {
    return [
      {
        text: `Left of the colon is your computer's port (**${first.host}**), right of it the container's (**${first.inside}**). The program inside must really listen on port ${first.inside}, and on 0.0.0.0, not on its own localhost: \`docker logs\` usually says which port it opened.`,
        weight: 6,
      },
    ];
  }
  if (!sides.length && command.verb === "run" && !has(command, "-P") && /browser|localhost|port|refus/i.test(said)) {
    const [image = "nginx"] = command.words;
    return [
      {
        text: "No port is published, so nothing on your computer leads into the container. Make a new one with `-p HOST:CONTAINER`.",
        better: {
          language: "sh",
          source: command.typed.replace(` ${image}`, ` -p 8080:80 ${image}`).split(/ (?=I |but |and )/)[0] ?? "",
        },
        weight: 8,
      },
    ];
  }
  return [];
}

function terminals(command: DockerCommand): Problem[] {
  const { verb, words } = command;
  const [target = "", program = ""] = words;
  const interactive = has(command, "-i") && has(command, "-t");
  if (verb === "exec" && /^(?:cd|export|source|alias|set)$/.test(program)) {
    const folder = program === "cd" && words[2] ? words[2] : undefined;
    return [
      {
        text: `\`${program}\` is a built-in of the shell, not a program, so \`docker exec\` can't start it. ${folder ? `Use \`-w\` to choose the folder, or` : "Run"} a shell with \`sh -c\`.`,
        better: {
          language: "sh",
          source: folder
            ? `docker exec -w ${folder} ${target} ls\ndocker exec -it ${target} sh`
            : `docker exec ${target} sh -c '…'`,
        },
        weight: 10,
      },
    ];
  }
  const shell = shells.has(program) && words.length === 2;
  const system = verb === "run" && words.length === 1 && systems.has(plainImage(target));
  if ((shell || system) && !interactive && verb !== "create") {
    return [
      {
        text: has(command, "-d")
          ? "A shell in the background without a terminal has nothing to read and ends at once, and the container with it. Use `-it` for a shell, or give it a program that keeps running."
          : "A shell needs `-it` (input and a terminal); without it, it ends at once.",
        better: { language: "sh", source: `docker ${verb} -it ${words.join(" ")}` },
        weight: 7,
      },
    ];
  }
  return [];
}

function mounts(command: DockerCommand): Problem[] {
  return valuesOf(command, "-v").flatMap((one): Problem[] => {
    const [source = "", target] = one.split(/:(?=\/)/);
    if (/docker\.sock/.test(one))
      return [
        {
          text: "Mounting `docker.sock` gives the container full power over your Docker, and so over the host: only for programs you trust.",
          weight: 3,
        },
      ];
    if (target !== undefined && /^[^./~$\\][^:]*\//.test(source) && !/^[A-Za-z]:/.test(source))
      return [
        {
          text: `\`${source}\` is neither a full path nor a volume's name. For a folder write \`./${source}\` or \`"$PWD"/${source}\`.`,
          weight: 8,
        },
      ];
    return [];
  });
}

function settings(command: DockerCommand): Problem[] {
  const image = plainImage(command.words[0] ?? "");
  const problems: Problem[] = [];
  const wants = Object.hasOwn(demands, image) ? demands[image] : undefined;
  const told = [...valuesOf(command, "-e"), ...valuesOf(command, "--env-file")].some((one) =>
    /PASSWORD|env|TRUST/i.test(one),
  );
  if (wants && command.verb === "run" && !told)
    problems.push({
      text: `\`${image}\` ends at once without a password for its administrator. Add \`${wants}\`.`,
      weight: 7,
    });
  if (has(command, "--rm") && has(command, "--restart"))
    problems.push({
      text: "`--rm` and `--restart` can't be combined: one deletes the container, the other keeps it.",
      weight: 9,
    });
  if (has(command, "--privileged"))
    problems.push({
      text: "`--privileged` takes away nearly all walls to the host. Give single rights with `--cap-add` or `--device` instead.",
      weight: 3,
    });
  return problems;
}
