/** https://discord.com/developers/docs/topics/permissions, written from the documentation and apart from the bot's own table. */
export const bits = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  view: 1n << 10n,
  send: 1n << 11n,
  manageMessages: 1n << 13n,
  attach: 1n << 15n,
  history: 1n << 16n,
  useCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  sendInThreads: 1n << 38n,
} as const;

/** What the bot's invite link asks for. */
export const botPermissions = 309_237_746_688n;
export const everyonePermissions =
  bits.view | bits.send | bits.history | bits.useCommands | bits.sendInThreads | bits.attach;
export const moderatorPermissions = everyonePermissions | bits.manageMessages;
export const allPermissions = (1n << 50n) - 1n;
