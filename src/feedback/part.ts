import type { Part } from "../store/part.ts";
import { forgetFeedback } from "./forget-workspace.ts";
import { feedbackMigration } from "./migration.ts";
import { feedbackPersonal } from "./personal.ts";

/** What people think of answers, and what they asked in vain. */
export const feedbackPart: Part = {
  name: "feedback",
  migrations: [feedbackMigration],
  personal: feedbackPersonal,
  forgetWorkspace: forgetFeedback,
  async create({ store, log }) {
    const { createFeedback } = await import("./feedback.ts");
    return { services: { feedback: createFeedback({ store, log }) } };
  },
};
