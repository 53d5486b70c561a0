import type { Part } from "../store/part.ts";
import { sharingPersonal } from "./personal.ts";

/** Private answers that were shown to everybody; they are kept as announcements of the store. */
export const sharingPart: Part = {
  name: "sharing",
  personal: sharingPersonal,
  async create({ store, outbox }) {
    const { createSharing } = await import("./sharing.ts");
    return { services: { sharing: createSharing({ store, outbox }) } };
  },
};
