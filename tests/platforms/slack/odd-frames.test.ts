import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLog } from "../../../src/core/log.ts";
import { isWellFormed } from "../../../src/platforms/slack/transport/well-formed.ts";
import { surviveErrors } from "../../../src/survive-errors.ts";
import { wordsOf } from "../../harness/slack/reading.ts";
import { connectSlack } from "./setup.ts";
import { testApp } from "./test-app.ts";

const odd: readonly unknown[] = [null, true, 7, "", "text", [], {}, [null], { type: "events_api" }, { event: null }];

/** Frames that Slack sent, or could send, and that carry nothing the app can answer. */
function oddFrames(): string[] {
  const envelope = (type: unknown, payload: unknown) => JSON.stringify({ type, envelope_id: "e1", payload });
  return [
    "not json",
    "{",
    "[]",
    "null",
    "7",
    envelope("events_api", { type: "app_rate_limited", team_id: "T1", minute_rate_limited: 1 }),
    envelope("events_api", { event: { type: "error" } }),
    envelope("events_api", { event: { type: "ws_message" } }),
    envelope("events_api", { event: { type: "disconnected" } }),
    envelope("events_api", { event: { type: "__proto__" } }),
    ...odd.map((payload) => envelope("events_api", payload)),
    ...odd.map((event) => envelope("events_api", { event })),
    ...odd.map((type) => envelope(type, { event: { type: "app_mention" } })),
    ...odd.map((payload) => envelope("interactive", payload)),
    ...odd.map((payload) => envelope("slash_commands", payload)),
    ...odd.map((event) =>
      envelope("events_api", { event: { type: "app_mention", channel: event, user: event, text: event } }),
    ),
    ...odd.map((event) =>
      envelope("events_api", {
        team_id: event,
        event_id: event,
        event: { type: "message", channel_type: "im", user: event, ts: event },
      }),
    ),
    ...odd.map((part) =>
      envelope("interactive", {
        type: "block_actions",
        user: part,
        channel: part,
        actions: part,
        container: part,
        message: part,
      }),
    ),
    ...odd.map((part) => envelope("interactive", { type: "view_submission", view: part, user: part })),
    ...odd.map((part) =>
      envelope("slash_commands", { command: part, text: part, channel_id: part, user_id: part, team_id: part }),
    ),
    envelope("events_api", { event: { type: "app_mention", text: "x".repeat(2_000_000) } }),
    envelope("error", {}),
    envelope("disconnected", {}),
  ];
}

/** What nothing else caught. */
let uncaught: unknown[] = [];
let forget = () => {};
beforeEach(() => {
  uncaught = [];
  forget = surviveErrors({ ...silentLog, error: (_, details) => void uncaught.push(details?.error) });
});
afterEach(() => forget());

describe("frames that carry nothing", () => {
  it("do not end the process or the connection over Socket Mode, and the next question is answered", async () => {
    const { fake, ada, channel, allow } = await connectSlack(testApp(), "socket");
    allow(/.*/);
    fake.delivery.expectSilence = true;
    const [socket] = fake.delivery.sockets;
    for (const frame of oddFrames()) socket?.send(frame);
    socket?.send(Buffer.from([1, 2, 3]));
    await ada.mention(channel, "still there?");
    await fake.world.until(() => ada.sees(channel).find(({ blocks }) => /asked: still there/.test(wordsOf(blocks))));
    expect(fake.delivery.sockets.has(socket as never)).toBe(true);
    expect(uncaught).toEqual([]);
  });

  it("do not end the process over HTTP, and the next question is answered", async () => {
    const { fake, ada, channel, allow } = await connectSlack(testApp(), "http");
    allow(/.*/);
    fake.delivery.expectSilence = true;
    for (const frame of oddFrames()) {
      const payload = readPayload(frame);
      const answered = fake.delivery.sendRaw(payload, {
        ...fake.delivery.sign(payload),
        "content-type": "application/json",
      });
      // The client library never answers a body that is no object.
      if (payload === "null") answered.catch(() => {});
      else await answered;
    }
    await ada.mention(channel, "still there?");
    await fake.world.until(() => ada.sees(channel).find(({ blocks }) => /asked: still there/.test(wordsOf(blocks))));
    expect(uncaught.every((error) => error instanceof TypeError)).toBe(true);
  });

  it("are told from those that the app listens to", () => {
    const mention = { type: "events_api", envelope_id: "e1", payload: { event: { type: "app_mention" } } };
    expect(isWellFormed(JSON.stringify(mention))).toBe(true);
    expect(isWellFormed('{"type":"hello"}')).toBe(true);
    expect(isWellFormed('{"type":"disconnect","reason":"warning"}')).toBe(true);
    expect(isWellFormed('{"type":"events_api","envelope_id":"e1","payload":{"type":"app_rate_limited"}}')).toBe(false);
  });
});

/** Over HTTP the payload comes without its envelope. */
function readPayload(frame: string): string {
  try {
    return JSON.stringify((JSON.parse(frame) as { payload?: unknown } | null)?.payload ?? null);
  } catch {
    return frame;
  }
}
