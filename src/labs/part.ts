import type { Part } from "../store/part.ts";
import { forgetLabs } from "./forget-workspace.ts";
import { labsMigration } from "./migration.ts";
import { labsPersonal } from "./personal.ts";

/** Hands-on work, and how far people are. */
export const labsPart: Part = {
  name: "labs",
  migrations: [labsMigration],
  personal: labsPersonal,
  forgetWorkspace: forgetLabs,
  async create({ store, services: { curriculum } }) {
    const { createLabs } = await import("./labs.ts");
    return { services: { labs: createLabs({ library: curriculum, store }) } };
  },
};
