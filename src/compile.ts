/** Loads every part that the bot may load and starts none, so that Node keeps all of it compiled. */
await Promise.all([
  import("./main.ts"),
  import("./containers.ts"),
  import("./store/postgres.ts"),
  import("./store/sqlite.ts"),
  import("./platforms/discord/index.ts"),
  import("./platforms/slack/index.ts"),
  import("./platforms/terminal/index.ts"),
  import("discord.js"),
  import("@slack/bolt"),
]);

const { ownContent } = await import("./app.ts");
const { keepPrepared } = await import("./answers/keep-prepared.ts");
keepPrepared(ownContent);
