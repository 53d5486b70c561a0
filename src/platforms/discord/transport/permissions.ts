/** Everything Bakehouse asks for in a server, with the bit of each and its name in Discord's settings. */
export const asked = [
  { bit: 1n << 10n, name: "View Channels" },
  { bit: 1n << 11n, name: "Send Messages" },
  { bit: 1n << 15n, name: "Attach Files" },
  { bit: 1n << 16n, name: "Read Message History" },
  { bit: 1n << 35n, name: "Create Public Threads" },
  { bit: 1n << 38n, name: "Send Messages in Threads" },
] as const;

/** All of {@link asked} as the number of an invite link: 309237746688. */
export const askedBits = asked.reduce((sum, { bit }) => sum | bit, 0n);

const administrator = 1n << 3n;
/** Manage Server, Manage Messages, Manage Threads. */
const moderating = [administrator, 1n << 5n, 1n << 13n, 1n << 34n];

/** Whether messages can be posted with these permissions. */
export function canSend(permissions: bigint, inThread: boolean): boolean {
  const needed = (1n << 10n) | (inThread ? 1n << 38n : 1n << 11n);
  return (permissions & administrator) !== 0n || (permissions & needed) === needed;
}

/** Whether somebody with these permissions may end other people's quizzes and use instructor commands. */
export function isModerator(permissions: bigint | undefined): boolean {
  return permissions !== undefined && moderating.some((bit) => (permissions & bit) !== 0n);
}

/** Where something is missing: a thread needs no threads of its own, a forum has posts only, the chat of a voice channel no threads. */
type Where = "channel" | "thread" | "forum" | "voice";

const unneeded: Record<Where, readonly string[]> = {
  channel: [],
  thread: ["Create Public Threads", "Send Messages"],
  forum: ["Create Public Threads", "Send Messages"],
  voice: ["Create Public Threads", "Send Messages in Threads"],
};

/** The names of what is missing here, as Discord's settings call them. */
export function lackingIn(permissions: bigint, where: Where): string[] {
  if (permissions & administrator) return [];
  const needed = asked.filter(({ name }) => !unneeded[where].includes(name));
  return needed.filter(({ bit }) => (permissions & bit) === 0n).map(({ name }) => name);
}
