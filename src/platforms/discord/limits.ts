/** Discord's numbers, and the ones Bakehouse sets itself. Lengths in characters, times in milliseconds. */
export const limits = {
  /** https://discord.com/developers/docs/components/reference */
  customId: 100,
  buttonLabel: 80,
  buttonsPerRow: 5,
  selectChoices: 25,
  choiceText: 100,
  placeholder: 150,
  linkUrl: 512,
  /** Components of one message, nested ones included. */
  components: 40,
  /** All text displays of one message together. */
  text: 4000,
  modalTitle: 45,
  modalLabel: 45,
  modalDescription: 100,
  textInput: 4000,
  /** https://discord.com/developers/docs/resources/message */
  files: 10,
  fileBytes: 10 * 1024 * 1024,
  altText: 1024,
  nonce: 25,
  threadName: 100,
  /** https://discord.com/developers/docs/interactions/application-commands */
  commandDescription: 100,
  commandOptions: 25,
  commandTree: 8000,
  stringOption: 6000,
  autocompleteChoices: 25,
  /** An interaction must be answered within 3 seconds; one that is older than this is acknowledged before anything is done for it. */
  lateAfter: 2300,
  /** An answer that takes longer than this is announced with "thinking …" or the typing sign. */
  answerWithin: 400,
  /** Autocomplete has no second chance. */
  completeWithin: 2500,
  /** How long a private answer to a public mention is kept for its asker, and how many. */
  keptFor: 15 * 60_000,
  kept: 500,
  /** How far back missed mentions are looked for, and in how many channels. */
  catchUp: 10 * 60_000,
  catchUpChannels: 50,
  catchUpMessages: 500,
  /** https://discord.com/developers/docs/resources/message#get-channel-messages */
  messagesPerPage: 100,
  /** What one person may ask for: this many within so many seconds. */
  perPerson: { points: 30, seconds: 30 },
  /** At most one notice about missed presses in a channel within this time. */
  noticeEvery: 60_000,
  /** How long a stop waits for answers under way. */
  stopWithin: 5000,
} as const;

/** Numbers that stand for something in Discord's messages. */
export const flags = { ephemeral: 1 << 6, suppressNotifications: 1 << 12, componentsV2: 1 << 15 } as const;

/** The stripe beside every message of Bakehouse: a crust's brown. */
export const accent = 0xb5_6a_2d;
