import type { Press } from "../../../core/reply.ts";

/** What an entry in Slack's menus does. The ids stand in `slack/manifest.json`; a test compares them. */
export type Shortcut =
  | { id: string; type: "global"; press: Press }
  /** The message's text becomes an option of a command, as it is or as the best choice that another command's option offers for it. */
  | { id: string; type: "message"; command: string; option: string; through?: { command: string; option: string } };

/** The shortcuts of the app. */
export const shortcuts: readonly Shortcut[] = [
  { id: "explain", type: "message", command: "ask", option: "question" },
  {
    id: "quiz_on",
    type: "message",
    command: "quiz solo",
    option: "topic",
    through: { command: "concept", option: "name" },
  },
  { id: "start_sandbox", type: "global", press: { command: "sandbox start", options: {} } },
  { id: "start_quiz", type: "global", press: { command: "quiz solo", options: {} } },
];

/** The one slash command. */
export const slashCommand = "/tutor";

/** What is offered in the app's Messages tab; each prompt is sent as if the person had typed it. */
export const prompts = [
  { title: "Images and containers", message: "How do images and containers differ?" },
  { title: "Where did my file go?", message: "Why is my file gone after docker run?" },
  { title: "Quiz me", message: "quiz solo" },
  { title: "What can you do?", message: "help" },
];

/** What the home tab is made of, in order: the answers of these commands, as far as they exist. */
export const homeParts: readonly Press[] = [
  { command: "progress", options: {} },
  { command: "sandbox status", options: {} },
];

/** The buttons below them. */
export const homeButtons: readonly { label: string; press: Press; style?: "primary" | "danger" }[] = [
  { label: "Start a quiz", press: { command: "quiz solo", options: {} }, style: "primary" },
  { label: "Start a sandbox", press: { command: "sandbox start", options: {} } },
  { label: "All topics", press: { command: "topics", options: {} } },
  { label: "Export my data", press: { command: "progress export", options: {} } },
  { label: "Delete my data", press: { command: "progress forget", options: {} }, style: "danger" },
];
