import { z } from "zod";
import { ok, warn } from "../../../src/core/checks/finding.ts";
import { definePlatform } from "../../../src/core/platform-kind.ts";

/** A throw-away platform: all that the house learns of it is said here. */
export const pager = definePlatform({
  name: "pager",
  settings: {
    PAGER_CODE: z.string().min(4, "it has four letters").optional().describe("The code on the pager's back"),
    PAGER_CHANNEL: z.coerce.number().int().default(7).describe("The radio channel"),
  },
  secrets: ["PAGER_CODE"],
  misfits: ({ PAGER_CODE, PAGER_CHANNEL }) =>
    !PAGER_CODE && PAGER_CHANNEL !== 7 ? ["PAGER_CODE: missing beside PAGER_CHANNEL."] : [],
  words: { moderators: "whoever holds the aerial", named: "wearer", elsewhere: "in the tunnel" },
  readMention: (typed) => {
    const [, number] = /^~(\d+)$/.exec(typed) ?? [];
    return number === undefined ? null : { id: `pager:${number}` };
  },
  checksWorkspaces: true,
  isSetUp: ({ PAGER_CODE }) => Boolean(PAGER_CODE),
  check: async ({ config: { PAGER_CODE }, only }) => [
    only === undefined || only.platform === "pager"
      ? warn("pager battery", `it is low, says ${PAGER_CODE}`, "It will beep.", "Change it.")
      : ok("pager", "nobody asked"),
  ],
  load: () => import("./pager.ts"),
  async create(_, house) {
    const { createPager } = await import("./pager.ts");
    return createPager(house);
  },
});
