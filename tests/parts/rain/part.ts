import { z } from "zod";
import { ok } from "../../../src/core/checks/finding.ts";
import { defineCommand } from "../../../src/core/command.ts";
import { reply, text } from "../../../src/core/reply.ts";
import type { Part } from "../../../src/store/part.ts";

declare module "../../../src/store/store.ts" {
  interface Tables {
    rain: { person: string; workspace: string; drops: number };
  }
}
declare module "../../../src/core/context.ts" {
  interface Services {
    rain?: { fall(person: string, workspace: string): Promise<number> };
  }
}

/** A part that there is not: everything it brings is said here. */
export const rainPart: Part = {
  name: "rain",
  migrations: [
    {
      name: "0901-rain",
      async up({ run, text: words, int, strict }) {
        await run(
          `create table rain (person ${words} primary key not null, workspace ${words} not null, drops ${int} not null) ${strict}`,
        );
      },
    },
  ],
  personal: {
    name: "rain",
    collect: async (from, person) => ({
      fell: await from.selectFrom("rain").selectAll().where("person", "=", person).execute(),
    }),
    forget: async (tx, person) => void (await tx.deleteFrom("rain").where("person", "=", person).execute()),
  },
  async forgetWorkspace(tx, { key }) {
    await tx.deleteFrom("rain").where("workspace", "=", key).execute();
  },
  commands: [
    defineCommand({
      name: "rain",
      summary: "Lets it rain",
      options: z.object({}),
      async run(_, { services, person, place }) {
        const drops = await services.rain?.fall(person.id, `${place.platform}:${place.workspace}`);
        return reply(text(`It rains: ${drops}.`));
      },
    }),
  ],
  check: async ({ config }) => [ok("rain", `may fall in ${String(config.DATA_DIR)}`)],
  metrics: ({ read }) => [
    {
      name: "bakehouse_rain",
      help: "People it rained on.",
      type: "gauge",
      read: async () => (await read.selectFrom("rain").select("person").execute()).length,
    },
  ],
  create: ({ store }) => ({
    services: {
      rain: {
        fall: (person, workspace) =>
          store.write(async (tx) => {
            await tx
              .insertInto("rain")
              .values({ person, workspace, drops: 1 })
              .onConflict((at) => at.column("person").doUpdateSet(({ eb }) => ({ drops: eb("rain.drops", "+", 1) })))
              .execute();
            return (await tx.selectFrom("rain").select("drops").where("person", "=", person).executeTakeFirstOrThrow())
              .drops;
          }),
      },
    },
    prune: async () => 0,
  }),
};
