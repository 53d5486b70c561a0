import { forgetConversations } from "./answers/conversation/forget-workspace.ts";
import { forgetFeedback } from "./feedback/forget-workspace.ts";
import { forgetLabs } from "./labs/forget-workspace.ts";
import { forgetPath } from "./path/forget-workspace.ts";
import { forgetQuizzes } from "./quiz/forget-workspace.ts";
import { forgetSandboxes } from "./sandbox/forget-workspace.ts";
import { forgetSettings } from "./settings/forget-workspace.ts";
import { forgetTraffic } from "./store/forget-traffic.ts";
import type { ForgetWorkspace } from "./store/gone-workspace.ts";
import { forgetInstallation } from "./store/installations.ts";

/** How every part that keeps something of a workspace deletes it; a test finds those that are missing. */
export const workspaceParts: readonly ForgetWorkspace[] = [
  forgetQuizzes,
  forgetConversations,
  forgetFeedback,
  forgetLabs,
  forgetPath,
  forgetSandboxes,
  forgetSettings,
  forgetInstallation,
  forgetTraffic,
];
