import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoreOptions } from "../../../src/store/store.ts";
import { openStore } from "../../harness/open-store.ts";
import "../../../src/store/installations.ts";
import { startBot } from "../../harness/bot.ts";
import { hasPostgres, openPostgresForRun } from "../../harness/postgres.ts";
import { startFakeSlack } from "../../harness/slack/fake-slack.ts";
import { wordsOf } from "../../harness/slack/reading.ts";
import type { SlackTeam } from "../../harness/slack/world.ts";

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What a browser does that follows the install link. */
async function install(base: string, fake: Awaited<ReturnType<typeof startFakeSlack>>, team: SlackTeam) {
  const began = await fetch(`${base}/slack/install`, { redirect: "manual" });
  const asked = new URL(began.headers.get("location") ?? "");
  expect(asked.searchParams.get("client_id")).toBe("12.34");
  fake.grant(`code-${team.id}`, team);
  const query = new URLSearchParams({ code: `code-${team.id}`, state: asked.searchParams.get("state") ?? "" });
  const cookie = began.headers.get("set-cookie")?.split(";")[0] ?? "";
  const ended = await fetch(`${base}/slack/oauth_redirect?${query}`, { headers: { cookie } });
  await ended.arrayBuffer();
  return ended.status;
}

async function installedAnswersAndLeaves(place: Pick<StoreOptions, "dataDir" | "databaseUrl">): Promise<void> {
  const fake = await startFakeSlack({ ackMs: 20_000 });
  const second = fake.newTeam("cooks");
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  fake.delivery.requestUrl = `${base}/slack/events`;
  const environment = {
    ...(place.dataDir && { DATA_DIR: place.dataDir }),
    ...(place.databaseUrl && { DATABASE_URL: place.databaseUrl }),
    ...{ SLACK_CLIENT_ID: "12.34", SLACK_CLIENT_SECRET: "hush-hush", SLACK_SIGNING_SECRET: fake.signingSecret },
    ...{ SLACK_PORT: String(port), SLACK_API_URL: fake.apiUrl, SANDBOX_TOTAL: "0", LOG_LEVEL: "debug" },
  };
  const start = async () => {
    const bot = startBot(environment);
    const ended = bot.ended.then(({ stderr }) => Promise.reject(new Error(`the bot ended: ${stderr}`)));
    await Promise.race([bot.printed(/ready: slack/), ended]);
    ended.catch(() => {});
    return bot;
  };
  const ask = async (team: SlackTeam) => {
    const channel = fake.channelOf(team).id;
    const ada = fake.as("ada", team);
    const asked = await ada.mention(channel, "what is a layer?");
    await fake.world.until(() =>
      ada.sees(channel).find(({ thread, blocks }) => thread === asked.ts && /layer/i.test(wordsOf(blocks))),
    );
  };

  let bot = await start();
  expect(await install(base, fake, fake.team)).toBe(200);
  expect(await install(base, fake, second)).toBe(200);
  await ask(fake.team);
  await ask(second);
  bot.child.kill("SIGKILL");
  await bot.ended;

  // Installations outlive the process.
  bot = await start();
  await ask(second);
  // Slack tells it in any order, each event perhaps twice.
  const leaving = fake.as("ada", second);
  const events = [{ type: "tokens_revoked", tokens: { bot: [second.botUser] } }, { type: "app_uninstalled" }];
  for (const [at, event] of [...events, ...events].entries()) await leaving.event(event, `Ev${at % 2}`);
  await ask(fake.team);
  bot.child.kill("SIGTERM");
  const { status, stderr } = await bot.ended;
  expect(status).toBe(0);
  for (const secret of ["hush-hush", fake.signingSecret, fake.team.botToken, second.botToken])
    expect(stderr).not.toContain(secret);

  const store = await openStore(place);
  const kept = await store.read.selectFrom("installation").select("workspace").execute();
  expect(kept).toEqual([{ workspace: `slack:${fake.team.id}` }]);
  const rows = await store.read.selectFrom("inbox").select(["workspace", "key", "body"]).execute();
  // What is left is that the later of the two events was handled.
  const left = rows.filter(({ workspace }) => workspace.includes(second.id)).map(({ key }) => key);
  expect(left.filter((key) => !key.startsWith("slack:event:Ev"))).toEqual([]);
  expect(rows.every(({ body }) => body === "")).toBe(true);
  await store.close();
  await fake.stop();
  expect(fake.problems).toEqual([]);
}

describe("a bot that several workspaces install", () => {
  it("answers each with its own token, after a restart too, and forgets one that leaves: on SQLite", () =>
    installedAnswersAndLeaves({ dataDir: mkdtempSync(join(tmpdir(), "bakehouse-oauth-")) }));

  describe.skipIf(!hasPostgres())("with a server", () => {
    let server: Awaited<ReturnType<typeof openPostgresForRun>>;
    beforeAll(async () => {
      server = await openPostgresForRun();
    });
    afterAll(() => server.stop());
    it("and on PostgreSQL", async () => installedAnswersAndLeaves({ databaseUrl: await server.database() }));
  });
});
