import type { Part } from "../store/part.ts";
import { forgetSandboxes } from "./forget-workspace.ts";
import { sandboxMigration } from "./migration.ts";
import { sandboxPersonal } from "./personal.ts";

/** Learners' containers. */
export const sandboxPart: Part = {
  name: "sandbox",
  migrations: [sandboxMigration],
  personal: sandboxPersonal,
  forgetWorkspace: forgetSandboxes,
  metrics: ({ read }) => [
    {
      name: "bakehouse_sandboxes",
      help: "Learners' sandboxes that run.",
      type: "gauge",
      async read() {
        const { count } = await read
          .selectFrom("sandbox")
          .select(({ fn }) => fn.countAll().as("count"))
          .executeTakeFirstOrThrow();
        return Number(count);
      },
    },
  ],
};
