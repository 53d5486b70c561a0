/** An entry of the menu on a message: the message's text becomes an option of a command. */
export interface Menu {
  /** At most 32 characters, shown to people. */
  name: string;
  command: string;
  option: string;
  /** The text is first turned into the best choice that this option offers and the command's own option knows too. */
  through?: { command: string; option: string };
}

/** The menus Bakehouse comes with. */
export const menus: readonly Menu[] = [
  { name: "Explain this", command: "ask", option: "question" },
  {
    name: "Quiz me on this",
    command: "quiz solo",
    option: "topic",
    through: { command: "concept", option: "name" },
  },
];
