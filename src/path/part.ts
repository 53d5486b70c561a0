import type { Part } from "../store/part.ts";
import { forgetPath } from "./forget-workspace.ts";
import { pathMigration } from "./migration.ts";
import { pathPersonal } from "./personal.ts";

/** The way through everything taught, and what people have looked at. */
export const pathPart: Part = {
  name: "path",
  migrations: [pathMigration],
  personal: pathPersonal,
  forgetWorkspace: forgetPath,
  async create({ store, services: { curriculum } }) {
    const { createPath } = await import("./path.ts");
    return { services: { path: createPath({ library: curriculum, store }) } };
  },
};
