import { conversationPersonal } from "./answers/conversation/personal.ts";
import { feedbackPersonal } from "./feedback/personal.ts";
import { labsPersonal } from "./labs/personal.ts";
import { pathPersonal } from "./path/personal.ts";
import { quizPersonal } from "./quiz/personal.ts";
import { sandboxPersonal } from "./sandbox/personal.ts";
import { settingsPersonal } from "./settings/personal.ts";
import { sharingPersonal } from "./sharing/personal.ts";
import type { PersonalPart } from "./store/personal-data.ts";

/** Every part that keeps something of people, in the order of an export. */
export const personalParts: readonly PersonalPart[] = [
  quizPersonal,
  conversationPersonal,
  feedbackPersonal,
  labsPersonal,
  pathPersonal,
  sandboxPersonal,
  sharingPersonal,
  settingsPersonal,
];
