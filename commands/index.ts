import type { Command } from "../src/core/command.ts";
import answer from "./answer.ts";
import ask from "./ask.ts";
import compare from "./compare.ts";
import concept from "./concept.ts";
import content from "./content.ts";
import docker from "./docker.ts";
import doctor from "./doctor.ts";
import explain from "./explain.ts";
import feedback from "./feedback.ts";
import help from "./help.ts";
import insights from "./insights.ts";
import lab from "./lab.ts";
import path from "./path.ts";
import picture from "./picture.ts";
import progress from "./progress.ts";
import quiz from "./quiz.ts";
import quizControls from "./quiz-controls.ts";
import quizExplain from "./quiz-explain.ts";
import sandbox from "./sandbox.ts";
import sandboxTry from "./sandbox-try.ts";
import settings from "./settings.ts";
import share from "./share.ts";
import show from "./show.ts";
import suggest from "./suggest.ts";
import topics from "./topics.ts";
import trust from "./trust.ts";

/** Every command, in the order of help. A new command file is added here; a test fails when one is missing. */
export const commands: readonly Command[] = [
  ask,
  path,
  concept,
  compare,
  explain,
  topics,
  ...show,
  ...quiz,
  ...sandbox,
  sandboxTry,
  picture,
  docker,
  ...lab,
  ...progress,
  insights,
  trust,
  doctor,
  ...content,
  ...settings,
  help,
  suggest,
  feedback,
  share,
  answer,
  ...quizControls,
  quizExplain,
];
