/** What a part of the house holds, and what it may import. */
export interface Wall {
  holds: string;
  /** Other parts. A part may always import itself. */
  parts: readonly string[];
  /** Packages; `node:` modules are free for everybody. */
  packages: readonly string[];
}

const wall = (holds: string, parts = "", packages = ""): Wall => ({
  holds,
  parts: parts.split(" ").filter(Boolean),
  packages: packages.split(" ").filter(Boolean),
});

/** Who may import whom: the only place that says it. A folder without a row fails `npm run check`. */
export const walls: Readonly<Record<string, Wall>> = {
  commands: wall(
    "what people can ask for, one file a command word",
    "core curriculum answers quiz feedback settings sharing sandbox docker-cli experiments labs path pictures doctor",
    "zod",
  ),
  scripts: wall(
    "what hosts and authors run",
    "core curriculum answers engine sandbox docker-cli experiments doctor store platforms platforms/discord platforms/slack platforms/terminal commands config parts walls app",
    "zod",
  ),
  app: wall(
    "`src/*.ts`: the place where the parts are joined",
    "core chat curriculum answers quiz feedback settings sharing engine sandbox docker-cli experiments labs path pictures doctor store commands config parts platforms",
    "pino",
  ),
  parts: wall("the list of the parts", "answers quiz feedback settings sharing sandbox labs path store"),
  config: wall("the settings, read from the environment", "core sandbox platforms", "zod"),
  walls: wall("this table"),
  core: wall("command, reply, press, dispatch, text, errors and the ports", "", "zod fastest-levenshtein"),
  chat: wall("what every chat adapter needs: delivery", "core", "zod"),
  curriculum: wall("content files → checked objects; the linter", "core", "re2js yaml zod"),
  answers: wall(
    "a question in its conversation → the answer",
    "core curriculum store",
    "fastest-levenshtein lru-cache stemmer yaml",
  ),
  store: wall("SQLite and PostgreSQL behind one port: transactions, timers, outbox", "core", "kysely pg lru-cache"),
  engine: wall("the engine port, its Docker client, policy, limits", "core", "dockerode tar-stream"),
  sandbox: wall(
    "a learner's container: its life, room for all, and what guards the host",
    "core engine store",
    "kysely tar-stream",
  ),
  "docker-cli": wall("a learner's `docker` line", "core engine sandbox", "zod"),
  pictures: wall("stacks of layers, drawn", "core engine sandbox", "@resvg/resvg-wasm lru-cache"),
  experiments: wall("runs that prove a card", "core curriculum engine sandbox docker-cli pictures", "zod"),
  labs: wall("hands-on work and its checks", "core curriculum store experiments"),
  quiz: wall("rounds, solo quiz, reviews, scores", "core curriculum store", "kysely luxon ts-fsrs"),
  path: wall("the way through everything taught, and how far somebody is", "core curriculum store quiz labs"),
  feedback: wall("what people think of an answer; what instructors see", "core store quiz", "kysely"),
  settings: wall("where a workspace allows what, and who may moderate", "core store", "lru-cache"),
  sharing: wall("private answers that are shown to everybody", "core store"),
  doctor: wall(
    "looks whether everything works",
    "core curriculum engine sandbox store pictures parts platforms config",
    "pg",
  ),
  platforms: wall(
    "`src/platforms/index.ts`: the list of the platforms",
    "core platforms/discord platforms/slack platforms/terminal",
  ),
  "platforms/discord": wall("Discord", "core chat", "discord.js zod lru-cache rate-limiter-flexible"),
  "platforms/slack": wall(
    "Slack",
    "core chat",
    "@slack/bolt @slack/socket-mode @slack/types @slack/web-api lru-cache rate-limiter-flexible undici zod",
  ),
  "platforms/terminal": wall("the terminal", "core chat", "lru-cache wrap-ansi"),
};
