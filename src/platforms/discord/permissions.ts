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

/** Whether somebody with these permissions may end other people's quizzes and use instructor commands. */
export function isModerator(permissions: bigint | undefined): boolean {
  return permissions !== undefined && moderating.some((bit) => (permissions & bit) !== 0n);
}

/** The names of what is missing here; a thread needs no threads of its own, a channel no right for threads it has not opened. */
export function lacking(permissions: bigint, inThread: boolean): string[] {
  if (permissions & administrator) return [];
  const needed = inThread
    ? asked.filter(({ name }) => name !== "Create Public Threads" && name !== "Send Messages")
    : asked;
  return needed.filter(({ bit }) => (permissions & bit) === 0n).map(({ name }) => name);
}
