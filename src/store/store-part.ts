import { forgetTraffic } from "./forget-traffic.ts";
import { forgetInstallation } from "./installations.ts";
import { store } from "./migrations/0001-store.ts";
import { inbox } from "./migrations/0002-inbox.ts";
import { installation } from "./migrations/0003-installation.ts";
import type { Part } from "./part.ts";

/** The store's own tables: events, timers, announcements, what came in, and where apps are installed. */
export const storePart: Part = {
  name: "store",
  migrations: [store, inbox, installation],
  async forgetWorkspace(tx, workspace) {
    await forgetInstallation(tx, workspace);
    await forgetTraffic(tx, workspace);
  },
  metrics: ({ read }) => [
    {
      name: "bakehouse_outbox_waiting",
      help: "Announcements that are not delivered yet.",
      type: "gauge",
      async read() {
        const { count } = await read
          .selectFrom("outbox")
          .select(({ fn }) => fn.countAll().as("count"))
          .where("state", "=", 0)
          .executeTakeFirstOrThrow();
        return Number(count);
      },
    },
  ],
};
