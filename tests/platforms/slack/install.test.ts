import { afterEach, describe, expect, it } from "vitest";
import { silentLog } from "../../../src/core/log.ts";
import { UnreachableError } from "../../../src/core/platform.ts";
import type { Installations } from "../../../src/core/platform-kind.ts";
import { reply, text } from "../../../src/core/reply.ts";
import { createSlack } from "../../../src/platforms/slack/slack.ts";
import { startFakeSlack } from "../../harness/slack/fake-slack.ts";
import { wordsOf } from "../../harness/slack/reading.ts";
import { testApp } from "./test-app.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function open() {
  const fake = await startFakeSlack();
  const rows = new Map<string, string>();
  const times = new Map<string, number>();
  const installations: Installations = {
    async save(key, installation) {
      rows.set(key, JSON.stringify(installation));
      times.set(key, Date.now());
    },
    fetch: async (key) => JSON.parse(rows.get(key) ?? "null") ?? undefined,
    since: async (key) => times.get(key),
    remove: async (key) => void rows.delete(key),
  };
  const gone: string[] = [];
  const start = async () => {
    const slack = createSlack({
      signingSecret: fake.signingSecret,
      port: 0,
      clientId: "1.2",
      clientSecret: "secret",
      installations,
      apiUrl: fake.apiUrl,
      log: silentLog,
      onUninstall: async (workspace) => void gone.push(workspace),
    });
    await slack.start(testApp());
    fake.delivery.requestUrl = `http://127.0.0.1:${slack.port()}/slack/events`;
    return slack;
  };
  const slack = await start();
  stops.push(async () => {
    await slack.stop();
    await fake.stop();
    expect(fake.problems).toEqual([]);
  });
  /** What a browser does that follows the install link. */
  const install = async (team: typeof fake.team) => {
    const base = `http://127.0.0.1:${slack.port()}`;
    const began = await fetch(`${base}/slack/install`, { redirect: "manual" });
    const asked = new URL(began.headers.get("location") ?? "");
    fake.grant(`code-${team.id}`, team);
    const cookie = began.headers.get("set-cookie")?.split(";")[0] ?? "";
    const ended = await fetch(
      `${base}/slack/oauth_redirect?code=code-${team.id}&state=${asked.searchParams.get("state")}`,
      { headers: { cookie } },
    );
    await ended.arrayBuffer();
    return { scopes: asked.searchParams.get("scope")?.split(","), status: ended.status };
  };
  return { fake, slack, rows, gone, install };
}

describe("one app in several workspaces", () => {
  it("is installed by a link, and answers each workspace with its own token", async () => {
    const { fake, rows, install } = await open();
    const second = fake.newTeam("cooks");
    expect(await install(fake.team)).toMatchObject({
      status: 200,
      scopes: expect.arrayContaining(["chat:write", "commands"]),
    });
    await install(second);
    expect([...rows.keys()]).toEqual([fake.team.id, second.id]);
    for (const team of [fake.team, second]) {
      const channel = fake.channelOf(team).id;
      const ada = fake.as("ada", team);
      await ada.mention(channel, "who are you?");
      await fake.world.until(() =>
        ada.sees(channel).find(({ blocks }) => /ada asked: who are you/.test(wordsOf(blocks))),
      );
    }
  });

  it("forgets a workspace that removes it, and keeps the others", async () => {
    const { fake, slack, rows, gone, install } = await open();
    const second = fake.newTeam("cooks");
    await install(fake.team);
    await install(second);
    await fake.as("ada", second).event({ type: "app_uninstalled" });
    await slack.settled();
    expect(gone).toEqual([second.id]);
    expect([...rows.keys()]).toEqual([fake.team.id]);
    const place = (team: typeof second) => ({
      platform: "slack",
      workspace: team.id,
      channel: fake.channelOf(team).id,
    });
    await expect(slack.post(place(second), reply(text("Still here?")))).rejects.toThrow(UnreachableError);
    await slack.post(place(fake.team), reply(text("Still here.")));
  });

  it("acknowledges what comes from a workspace it does not know, and does nothing", async () => {
    const { fake, slack } = await open();
    await fake.as("ada").slash(fake.channel.id, "ask who are you?");
    await slack.settled();
    expect(fake.channel.messages).toEqual([]);
  });
});
