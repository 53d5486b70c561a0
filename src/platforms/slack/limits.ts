/** Slack's numbers. https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/reference/views */
export const limits = {
  blocks: 50,
  homeBlocks: 100,
  /**
   * Characters of all blocks of a message, as JSON. Slack documents no number; reports put the refusal at about 13,200, and lower with rich text.
   * https://github.com/slackapi/bolt-js/issues/2509
   */
  blocksJson: 12_000,
  /** How much of that controls may take; the 50 topics in two selects need about 5,000. */
  controlsJson: 8000,
  section: 3000,
  /** Characters of one block of code in a message; longer output goes into a file. */
  code: 2500,
  header: 150,
  buttonText: 75,
  buttonValue: 2000,
  buttonsInRow: 5,
  /** Rows of buttons and selects; the rest would push the answer off a phone. */
  controls: 25,
  selectsInRow: 5,
  options: 100,
  optionText: 75,
  optionValue: 150,
  placeholder: 150,
  url: 3000,
  /** The notification and screen-reader text; Slack takes 40,000 and advises to stay below 4,000. */
  text: 3000,
  altText: 1000,
  modalTitle: 24,
  modalLabel: 2000,
  input: 3000,
  privateMetadata: 3000,
  /** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
  responses: 5,
  /** How long a response_url lives; a minute less than Slack says, for clocks that differ. */
  responseMs: 29 * 60_000,
  suggestedPrompts: 4,
  /** Titles and details of a step in a streamed plan. */
  task: 250,
  /** Status lines clear after two minutes. */
  statusAgainMs: 100_000,
} as const;
