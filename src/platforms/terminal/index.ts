import { definePlatform } from "../../core/platform-kind.ts";

/** The terminal, as the bot knows it before it runs. */
export const terminal = definePlatform({
  name: "terminal",
  settings: {},
  words: { moderators: "the person at the keyboard", named: "person" },
  standIn: true,
  readMention(typed) {
    const [, name] = /^@?([\p{L}\p{N}][\p{L}\p{N}_-]{0,30})$/u.exec(typed.trim()) ?? [];
    return name === undefined ? null : { id: `terminal:${name.toLowerCase()}` };
  },
  isSetUp: () => true,
  load: () => import("./terminal.ts"),
  async create(_, { dataDir, settled, onForget }) {
    const { createTerminal } = await import("./terminal.ts");
    const { closeKeptFiles, removeExportsOf } = await import("./kept-files.ts");
    closeKeptFiles(dataDir);
    onForget((person) => removeExportsOf(dataDir, person));
    return createTerminal({
      input: process.stdin,
      output: process.stdout,
      dataDir,
      settled,
      greeting:
        "Bakehouse: ask about Docker images and containers. New to Docker? Type `path`. `help` shows the rest, Ctrl-C ends it.\n",
    });
  },
});
