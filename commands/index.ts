import type { Command } from "../src/core/command.ts";
import ask from "./ask.ts";
import compare from "./compare.ts";
import concept from "./concept.ts";
import content from "./content.ts";
import feedback from "./feedback.ts";
import help from "./help.ts";
import insights from "./insights.ts";
import progress from "./progress.ts";
import quiz from "./quiz.ts";
import quizControls from "./quiz-controls.ts";
import suggest from "./suggest.ts";
import topics from "./topics.ts";

/** Every command, in the order of help. A new command file is added here; a test fails when one is missing. */
export const commands: readonly Command[] = [
  ask,
  concept,
  compare,
  topics,
  ...quiz,
  ...progress,
  insights,
  ...content,
  help,
  suggest,
  feedback,
  ...quizControls,
];
