import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { prompts, shortcuts, slashCommand } from "../../../src/platforms/slack/intake/shortcuts.ts";
import { events, scopes } from "../../../src/platforms/slack/transport/scopes.ts";

const file = JSON.parse(readFileSync(new URL("../../../slack/manifest.json", import.meta.url), "utf8"));
const docs = readFileSync(new URL("../../../docs/slack.md", import.meta.url), "utf8");
const source = (name: string) =>
  readFileSync(new URL(`../../../src/platforms/slack/intake/${name}.ts`, import.meta.url), "utf8");

describe("slack/manifest.json", () => {
  it("asks for exactly the scopes that the code gives a reason for", () => {
    expect(file.oauth_config.scopes.bot).toEqual(scopes.filter(({ optional }) => !optional).map(({ name }) => name));
    expect(file.oauth_config.scopes.bot_optional).toEqual(
      scopes.filter(({ optional }) => optional).map(({ name }) => name),
    );
    for (const forbidden of ["channels:history", "groups:history", "mpim:history", "chat:write.public", "admin"]) {
      expect(JSON.stringify(file.oauth_config.scopes)).not.toContain(forbidden);
    }
  });

  it("subscribes to exactly the events that are listened to", () => {
    expect(file.settings.event_subscriptions.bot_events).toEqual([...events]);
    const heard = [...source("listen-events").matchAll(/bolt\.event\("([a-z_]+)"/g)].map(([, name]) =>
      name === "message" ? "message.im" : name,
    );
    expect(heard.sort()).toEqual([...events].sort());
  });

  it("offers the command, the shortcuts and the prompts of the code", () => {
    expect(file.features.slash_commands.map(({ command }: { command: string }) => command)).toEqual([slashCommand]);
    expect(
      file.features.shortcuts.map(({ callback_id: id, type }: { callback_id: string; type: string }) => ({ id, type })),
    ).toEqual(shortcuts.map(({ id, type }) => ({ id, type })));
    expect(file.features.agent_view.suggested_prompts).toEqual(prompts);
  });

  it("keeps within Slack's limits", () => {
    const { name, description, long_description: long } = file.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(long.length).toBeGreaterThanOrEqual(174);
    expect(long.length).toBeLessThanOrEqual(4000);
    expect(file.features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(file.features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
    for (const { name: title, description: says } of file.features.shortcuts) {
      expect(title.length).toBeLessThanOrEqual(24);
      expect(says.length).toBeLessThanOrEqual(150);
    }
  });

  it("is explained scope by scope in docs/slack.md", () => {
    for (const { name, reason } of scopes) expect(docs).toContain(`| \`${name}\` | ${reason}`);
    for (const event of events) expect(docs).toContain(`\`${event}\``);
  });
});
