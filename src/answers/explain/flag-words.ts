/** How a flag is explained: whether a value follows, and what it does; `{}` stands for the value. */
interface FlagWords {
  takes: boolean;
  says: string;
}

const flag = (says: string): FlagWords => ({ takes: says.includes("{}"), says });

/** Flags of commands that make or start containers. */
const running: Record<string, FlagWords> = {
  "-d": flag("in the background (detached): your terminal is free, the container's ID is printed"),
  "-i": flag("keeps the input open, so that you can type"),
  "-t": flag("gives the program a terminal"),
  "--rm": flag("removes the container, with its files, as soon as it ends"),
  "--name": flag("names the container `{}`"),
  "-p": flag("publishes a port: `{}`"),
  "-P": flag("publishes every port that the image EXPOSEs, each on a random port of your computer"),
  "-v": flag("mounts `{}`"),
  "--mount": flag("mounts `{}`"),
  "--tmpfs": flag("puts a folder in memory at `{}`"),
  "-e": flag("sets the environment variable `{}`"),
  "--env-file": flag("reads environment variables from the file `{}`"),
  "-w": flag("makes `{}` the working directory"),
  "-u": flag("runs the program as the user `{}`"),
  "--network": flag("connects it to the network `{}`"),
  "--network-alias": flag("gives it the further name `{}` on its network"),
  "--restart": flag("restart policy `{}`"),
  "-m": flag("limits its memory to `{}`"),
  "--memory-swap": flag("limits memory and swap together to `{}`"),
  "--cpus": flag("limits it to `{}` processors"),
  "--entrypoint": flag("replaces the image's ENTRYPOINT by `{}`"),
  "-h": flag("sets its host name to `{}`"),
  "--add-host": flag("adds `{}` to its hosts file"),
  "--init": flag("puts a tiny init in front, which passes on signals and collects ended processes"),
  "--privileged": flag("gives it nearly all rights of the host: avoid it"),
  "--cap-add": flag("adds the capability `{}`"),
  "--cap-drop": flag("takes away the capability `{}`"),
  "--read-only": flag("makes its file system read-only"),
  "--gpus": flag("lets it use GPUs: `{}`"),
  "--device": flag("lets it use the device `{}`"),
  "--platform": flag("takes the image for the platform `{}`"),
  "--pull": flag("whether to pull the image first: `{}`"),
  "--link": flag("links it to another container (old; use a network): `{}`"),
  "-l": flag("adds the label `{}`"),
  "--log-driver": flag("sends its output to the log driver `{}`"),
  "--log-opt": flag("sets the log option `{}`"),
  "--shm-size": flag("gives it `{}` of shared memory"),
  "--ulimit": flag("sets the limit `{}`"),
  "--security-opt": flag("sets the security option `{}`"),
  "--dns": flag("uses the DNS server `{}`"),
  "--health-cmd": flag("checks its health with `{}`"),
  "--stop-signal": flag("is stopped with the signal `{}`"),
  "--pid": flag("shares the process list with `{}`"),
};

const building: Record<string, FlagWords> = {
  "-t": flag("names the image `{}`"),
  "-f": flag("reads the Dockerfile `{}`"),
  "--build-arg": flag("sets the build argument `{}`"),
  "--no-cache": flag("runs every step again, without the cache"),
  "--pull": flag("looks for a newer base image first"),
  "--target": flag("stops after the stage `{}`"),
  "--platform": flag("builds for `{}`"),
  "--progress": flag("shows the progress as `{}`"),
  "--secret": flag("gives the build the secret `{}`"),
  "--push": flag("pushes the result"),
  "--load": flag("puts the result into the local image store"),
  "-q": flag("prints only the image's ID"),
};

const others: Record<string, Record<string, FlagWords>> = {
  ps: {
    "-a": flag("all containers, stopped ones too"),
    "-q": flag("IDs only"),
    "-s": flag("with sizes"),
    "-l": flag("only the newest"),
    "-n": flag("only the last `{}`"),
    "-f": flag("only those where `{}`"),
    "--format": flag("printed as `{}`"),
    "--no-trunc": flag("nothing cut short"),
  },
  logs: {
    "-f": flag("follows: new lines are shown as they come"),
    "-n": flag("only the last `{}` lines"),
    "-t": flag("with time stamps"),
    "--since": flag("only since `{}`"),
  },
  images: {
    "-a": flag("untagged images too"),
    "-q": flag("IDs only"),
    "--digests": flag("with digests"),
    "-f": flag("only those where `{}`"),
  },
  rm: { "-f": flag("even if it runs (it is killed)"), "-v": flag("with its anonymous volumes") },
  rmi: { "-f": flag("even if a stopped container uses it or it has several names") },
  stop: { "-t": flag("waits `{}` seconds before it kills") },
  prune: {
    "-a": flag("everything unused, not only what has no name"),
    "-f": flag("without asking"),
    "--volumes": flag("unused anonymous volumes too"),
    "--filter": flag("only what fits `{}`"),
  },
  up: {
    "-d": flag("in the background"),
    "--build": flag("builds the images first"),
    "--force-recreate": flag("makes every container anew"),
    "--scale": flag("runs that many containers of a service: `{}`"),
  },
  down: { "-v": flag("deletes the named volumes too: your data"), "--rmi": flag("removes images: `{}`") },
};

/** Long forms, and what they are short for. */
const aliases: Record<string, string> = {
  "--detach": "-d",
  "--interactive": "-i",
  "--tty": "-t",
  "--publish": "-p",
  "--publish-all": "-P",
  "--volume": "-v",
  "--env": "-e",
  "--workdir": "-w",
  "--user": "-u",
  "--net": "--network",
  "--memory": "-m",
  "--hostname": "-h",
  "--label": "-l",
  "--tag": "-t",
  "--file": "-f",
  "--all": "-a",
  "--quiet": "-q",
  "--force": "-f",
  "--follow": "-f",
  "--tail": "-n",
  "--time": "-t",
  "--timeout": "-t",
  "--filter": "-f",
  "--volumes": "-v",
};

/** The flags of a command by their short form: `run`, `build`, `exec`, `ps`, … */
export function flagsOf(verb: string): Readonly<Record<string, FlagWords>> {
  if (verb === "run" || verb === "create" || verb === "exec") return running;
  if (verb === "build") return building;
  return others[verb] ?? {};
}

/** The short form of a flag, where it has one that this command knows. */
export function shortForm(name: string, flags: Readonly<Record<string, FlagWords>>): string {
  if (Object.hasOwn(flags, name)) return name;
  const short = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  return short !== undefined && Object.hasOwn(flags, short) ? short : name;
}
