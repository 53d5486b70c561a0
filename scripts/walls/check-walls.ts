import { posix } from "node:path";
import { walls as ours, type Wall } from "../../src/walls.ts";

/** Static and dynamic imports, exports from, and the modules that are added to by `declare module`. */
const imports =
  /^\s*(?:import|export)\s+(?:type\s+)?[\w*{][^;"'`()=]*?\bfrom\s*["']([^"'\n]+)["']|^\s*import\s+["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']|^declare module ["']([^"'\n]+)["']/gm;

/** Files of `src` that are a part of their own. */
const standAlone = new Set(["config.ts", "parts.ts", "walls.ts"]);

/** The part a file belongs to: its folder under `src`, one platform, `commands`, `scripts`, or `app` for files directly in `src`. */
export function partOf(file: string): string {
  const [top = "", folder = "", inner = ""] = file.split("/");
  if (top !== "src") return top;
  if (!file.slice("src/".length).includes("/")) return standAlone.has(folder) ? folder.replace(".ts", "") : "app";
  if (folder !== "platforms") return folder;
  return /\.[jt]s$/.test(inner) ? "platforms" : `platforms/${inner}`;
}

/** What breaks the walls: one line for each, with file and line. `files`: path → source text. */
export function checkWalls(files: ReadonlyMap<string, string>, walls: Readonly<Record<string, Wall>> = ours): string[] {
  const problems: string[] = [];
  const arrows = new Map<string, Set<string>>();
  for (const [file, source] of files) {
    const part = partOf(file);
    const wall = walls[part];
    if (!wall) {
      problems.push(`${file}: the part ${part} has no row in src/walls.ts`);
      continue;
    }
    for (const { target, line } of importsOf(source)) {
      const to = target.startsWith(".") ? partOf(posix.normalize(posix.join(posix.dirname(file), target))) : undefined;
      if (to === undefined) {
        if (!mayUse(wall, target)) problems.push(`${file}:${line}: ${part} may not import the package ${target}`);
      } else if (to !== part) {
        if (!wall.parts.includes(to)) problems.push(`${file}:${line}: ${part} may not import ${to} (${target})`);
        arrows.set(part, (arrows.get(part) ?? new Set()).add(to));
      }
    }
  }
  return [...problems, ...circles(arrows)];
}

function importsOf(source: string): { target: string; line: number }[] {
  return [...source.matchAll(imports)].map((match) => ({
    target: match.slice(1).find((target) => target !== undefined) ?? "",
    line: source.slice(0, match.index).split("\n").length + (/^\n*/.exec(match[0])?.[0].length ?? 0),
  }));
}

function mayUse({ packages }: Wall, target: string): boolean {
  const [first = "", second = ""] = target.split("/");
  return target.startsWith("node:") || packages.includes(target.startsWith("@") ? `${first}/${second}` : first);
}

/** Parts that import each other, over however many steps. */
function circles(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const to of arrows.get(from) ?? []) if (!seen.has(to)) reach(to, seen.add(to));
    return seen;
  };
  const inCircle = [...arrows.keys()].filter((part) => reach(part).has(part));
  return inCircle.length ? [`these parts import each other in a circle: ${inCircle.sort().join(", ")}`] : [];
}
