import { conversationPart } from "./answers/conversation/part.ts";
import { feedbackPart } from "./feedback/part.ts";
import { labsPart } from "./labs/part.ts";
import { pathPart } from "./path/part.ts";
import { quizPart } from "./quiz/part.ts";
import { sandboxPart } from "./sandbox/part.ts";
import { settingsPart } from "./settings/part.ts";
import { sharingPart } from "./sharing/part.ts";
import type { Part } from "./store/part.ts";
import { storePart } from "./store/store-part.ts";

/** Every part that keeps or offers something, in the order of an export: the only list of them. */
export const parts: readonly Part[] = [
  quizPart,
  conversationPart,
  feedbackPart,
  labsPart,
  pathPart,
  sandboxPart,
  sharingPart,
  settingsPart,
  storePart,
];
