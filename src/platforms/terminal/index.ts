import { join } from "node:path";
import { definePlatform, readName } from "../../core/platform-kind.ts";

const greeting =
  "Welcome to Bakehouse. Ask anything about Docker images and containers.\n" +
  "New to Docker? Type `path`. `help` shows the rest, `exit` ends it.";

/** The terminal, as the bot knows it before it runs. */
export const terminal = definePlatform({
  name: "terminal",
  settings: {},
  words: { moderators: "the person at the keyboard", named: "person" },
  standIn: true,
  readMention: readName,
  isSetUp: () => true,
  load: () => import("./terminal.ts"),
  async create(_, { dataDir, settled, onCollect, onForget }) {
    const { eraseEcho } = await import("./hide-echo.ts");
    if (process.stdout.isTTY) process.stdout.write(eraseEcho(process.env, process.stdout.columns));
    const { createTerminal } = await import("./terminal.ts");
    const { closeKeptFiles, removeExportsOf } = await import("./kept-files.ts");
    const { createHistory } = await import("./history.ts");
    const { typist } = await import("./read.ts");
    const history = createHistory(join(dataDir, "history"));
    closeKeptFiles(dataDir);
    onCollect("terminal", (person) => (person === typist.id ? { typed: history.read() } : {}));
    onForget((person) => {
      removeExportsOf(dataDir, person);
      if (person === typist.id) history.forget();
    });
    return createTerminal({
      input: process.stdin,
      output: process.stdout,
      dataDir,
      settled,
      greeting,
      history,
    });
  },
});
