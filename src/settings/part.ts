import type { Part } from "../store/part.ts";
import { forgetSettings } from "./forget-workspace.ts";
import { settingsMigration } from "./migration.ts";
import { settingsPersonal } from "./personal.ts";

/** Where a workspace allows what, and who may moderate. */
export const settingsPart: Part = {
  name: "settings",
  migrations: [settingsMigration],
  personal: settingsPersonal,
  forgetWorkspace: forgetSettings,
  async create({ store, services: { platforms } }) {
    const { createSettings } = await import("./settings.ts");
    return { services: { settings: createSettings(store, platforms) } };
  },
};
