import { walls } from "../../src/walls.ts";

/** The walls as the table of `docs/architecture.md`. */
export function wallsTable(): string {
  const rows = Object.entries(walls).map(([part, { holds, parts, packages }]) => {
    const folder =
      part === "config" || part === "walls"
        ? `\`src/${part}.ts\``
        : part === "app"
          ? "`src/*.ts`"
          : part === "commands" || part === "scripts"
            ? `\`${part}/\``
            : `\`src/${part}/\``;
    return `| ${folder} | ${holds} | ${parts.join(", ") || "–"} | ${packages.join(", ") || "–"} |`;
  });
  return `| folder | holds | may import | packages |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}
