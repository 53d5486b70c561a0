import type { ErrorValues } from "../../curriculum/errors/error-values.ts";

/** Options of `docker run`, `create` and `exec` that take no value. */
const switches =
  /^(?:-[dtiPq]+|--(?:detach|tty|interactive|rm|init|privileged|read-only|publish-all|no-healthcheck|oom-kill-disable|quiet|help|sig-proxy(?:=\w+)?))$/;

const commandLine =
  /\bdocker (?:container |image )?(run|create|exec|logs|stop|start|restart|kill|rm|inspect|attach|top|stats|port|update|pause|unpause|commit|diff|export|build|buildx build|pull|push|rmi|history|tag|save)\b ?([^\n]{0,600})/gi;

const ofContainer = new Set(
  "exec logs stop start restart kill rm inspect attach top stats port update pause unpause commit diff export".split(
    " ",
  ),
);
const name = /^[a-z0-9][\w.-]{1,127}$/i;
const reference = /^[a-z0-9][\w./:@-]{0,200}$/;

/** What the docker commands in a paste name: containers, images, ports, volumes. */
export function readTyped(paste: string): ErrorValues {
  const values: ErrorValues = {};
  for (const [, verb = "", rest = ""] of paste.matchAll(commandLine)) {
    const words = splitWords(rest);
    if (verb === "run" || verb === "create") readRun(words, values);
    else if (/build$/.test(verb)) set(values, "image", wordAfter(words, /^(?:-t|--tag)$/), reference);
    else if (ofContainer.has(verb)) set(values, "container", firstArgument(words), name);
    else set(values, "image", firstArgument(words), reference);
  }
  set(values, "volume", /\bdocker volume (?:rm|remove|inspect|create) ([\w.-]+)/.exec(paste)?.[1], name);
  set(values, "network", /\bdocker network (?:rm|remove|inspect|create) ([\w.-]+)/.exec(paste)?.[1], name);
  set(values, "service", /(?:^|\s)([a-z][\w-]{0,40}?)[-_]\d{1,2}\s{1,20}\|/.exec(paste)?.[1], name);
  return values;
}

function readRun(words: readonly string[], values: ErrorValues): void {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) {
      if (!noImages.has(word.toLowerCase())) set(values, "image", word, reference);
      return;
    }
    if (switches.test(word)) continue;
    const [flag = "", glued] = word.split(/=(.*)/s);
    const value = glued ?? words[++at] ?? "";
    if (flag === "--name") set(values, "container", value, name);
    else if (flag === "-p" || flag === "--publish") {
      const [, port, inside] = /(?:^|:)(\d{1,5}):(\d{1,5})(?:\/\w+)?$/.exec(value) ?? [];
      set(values, "port", port, /^\d+$/);
      set(values, "inside", inside, /^\d+$/);
    } else if (flag === "--network" || flag === "--net") set(values, "network", value, name);
    else if (flag === "-v" || flag === "--volume") set(values, "volume", value.split(":")[0], name);
  }
}

/** Words of a message that follows a command on the same line. */
const noImages = new Set(["error", "docker:", "the", "and", "i", "it", "command", "with", "says", "gives"]);

function set(values: ErrorValues, key: keyof ErrorValues, value: string | undefined, shape: RegExp): void {
  if (value !== undefined && shape.test(value) && !noImages.has(value.toLowerCase())) values[key] ??= value;
}

function firstArgument(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) return word;
    if (/^(?:-[euwnts]|--(?:env|user|workdir|tail|since|time|signal|format))$/.test(word)) at++;
  }
  return undefined;
}

function wordAfter(words: readonly string[], flag: RegExp): string | undefined {
  const at = words.findIndex((word) => flag.test(word));
  return at < 0 ? undefined : words[at + 1];
}

/** The words of a command line, without their quotation marks; `$(pwd)` is one word. */
function splitWords(line: string): string[] {
  return (line.match(/(?:"[^"]{0,200}"|'[^']{0,200}'|\$\([^)]{0,80}\)|[^\s"'$]|\$){1,200}/g) ?? [])
    .slice(0, 60)
    .map((word) => word.replace(/["']/g, ""));
}
