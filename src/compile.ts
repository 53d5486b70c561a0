import { platforms } from "./platforms/index.ts";

/** Loads every part that the bot may load and starts none, so that Node keeps all of it compiled. */
await Promise.all([
  import("./main.ts"),
  import("./containers.ts"),
  import("./store/postgres.ts"),
  import("./store/sqlite.ts"),
  ...platforms.map((platform) => platform.load()),
]);

const { ownContent } = await import("./app.ts");
const { keepPrepared } = await import("./answers/keep-prepared.ts");
keepPrepared(ownContent);
