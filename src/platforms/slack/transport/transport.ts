import { createHash } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { App as Bolt, Logger, LogLevel, Receiver } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Log } from "../../../core/log.ts";
import { type PlatformHealth, RefusedError } from "../../../core/platform.ts";
import type { Installations } from "../../../core/platform-kind.ts";
import { persist, refusalOf } from "./failures.ts";
import { keepConnected } from "./keep-connected.ts";
import { lightFetch } from "./light-fetch.ts";
import { scopes } from "./scopes.ts";
import { createTokenCheck } from "./token-check.ts";
import { guardFrames } from "./well-formed.ts";
import { boltStore, installedWorkspaces, singleWorkspace, type Workspaces } from "./workspaces.ts";

/** How Slack is reached: Socket Mode with `appToken`, or HTTP with `signingSecret` and `port`. */
export interface TransportOptions {
  /** The bot token (`xoxb-…`) of the one workspace; leave it out when several workspaces install the app. */
  botToken?: string;
  /** The app-level token (`xapp-…`) for Socket Mode. */
  appToken?: string;
  signingSecret?: string;
  /** Where to listen for HTTP; 0 takes any free port. */
  port?: number;
  /** Default: Slack's own, `https://slack.com/api/`. */
  apiUrl?: string;
  /** For installation in several workspaces (HTTP only), together with `installations`. */
  clientId?: string;
  clientSecret?: string;
  installations?: Installations;
  log: Log;
}

/** An open way to Slack. */
export interface Transport {
  bolt: Bolt;
  receiver: Receiver;
  workspaces: Workspaces;
  /** Resolves when events come in. */
  open(): Promise<void>;
  /** Resolves when the socket or the server is closed. */
  close(): Promise<void>;
  /** Whether events can come in now, and can be answered. */
  health(): PlatformHealth | Promise<PlatformHealth>;
  /** The HTTP port, once it is open. */
  port(): number | undefined;
}

/** Loads the client library and checks the token. Throws an Error in words for the host when Slack does not accept it. */
export async function openTransport(options: TransportOptions): Promise<Transport> {
  const { App, HTTPReceiver, SocketModeReceiver, webApi } = await import("@slack/bolt");
  const logger = boltLogger(options.log);
  const clientOptions = {
    ...(options.apiUrl !== undefined && { slackApiUrl: options.apiUrl }),
    logger,
    fetch: lightFetch,
    // A 429 must hold up one call, not all of them; the retries are in failures.ts.
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: 20_000,
  };
  const connect = (token: string): WebClient => new webApi.WebClient(token, clientOptions);
  const { botToken, installations, clientId, clientSecret, signingSecret, appToken, port } = options;

  if (signingSecret !== undefined && port !== undefined) {
    const oauth =
      botToken === undefined && clientId !== undefined && clientSecret !== undefined && installations !== undefined;
    const receiver = new HTTPReceiver({
      signingSecret,
      port,
      logger,
      endpoints: ["/slack/events"],
      customRoutes: [
        { path: "/healthz", method: ["GET"], handler: (_request, response) => void response.writeHead(200).end("ok") },
      ],
      installerOptions: { clientOptions, directInstall: true },
      ...(oauth && {
        clientId,
        clientSecret,
        stateSecret: createHash("sha256").update(`bakehouse state ${clientSecret}`).digest("hex"),
        scopes: scopes.map(({ name }) => name),
        installationStore: boltStore(installations, (key) => workspaces.forget(key)),
      }),
    });
    const single = oauth ? undefined : await oneWorkspace(options, connect);
    const workspaces = single?.workspaces ?? installedWorkspaces(installations as Installations, connect);
    let server: Server | undefined;
    return {
      bolt: new App({
        ...appOptions(logger, clientOptions, receiver),
        ...(!oauth && { authorize: authorizeWith(workspaces, botToken) }),
      }),
      receiver,
      workspaces,
      async open() {
        server = (await receiver.start(port)) as Server;
        // A request that the client library chokes on is never answered; its connection must not stay.
        server.setTimeout(30_000);
      },
      async close() {
        const opened = server;
        server = undefined;
        if (!opened) return;
        opened.closeIdleConnections();
        const cut = setTimeout(() => opened.closeAllConnections(), 2000);
        await receiver.stop();
        clearTimeout(cut);
      },
      health: () => (server?.listening ? (single?.token() ?? { state: "connected" }) : { state: "reconnecting" }),
      port: () => (server?.address() as AddressInfo | null | undefined)?.port,
    };
  }
  if (appToken === undefined) {
    throw new Error("Slack needs either SLACK_APP_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET and SLACK_PORT (HTTP).");
  }
  const { workspaces, token } = await oneWorkspace(options, connect);
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  });
  guardFrames(receiver.client, options.log);
  const connection = keepConnected(receiver.client, options.log);
  return {
    bolt: new App({ ...appOptions(logger, clientOptions, receiver), authorize: authorizeWith(workspaces, botToken) }),
    receiver,
    workspaces,
    async open() {
      try {
        await connection.open();
      } catch (error) {
        throw new (faultOf(error))(
          `Slack does not open a Socket Mode connection (${refusalOf(error) ?? "no answer"}). Check SLACK_APP_TOKEN: it starts with xapp- and has the scope connections:write; you find it under Basic Information > App-Level Tokens.`,
          { cause: error },
        );
      }
    },
    close: connection.close,
    async health() {
      const known = await token();
      if (known.state === "lost" || connection.connected()) return known;
      return { state: "reconnecting", why: connection.why() ?? "The Socket Mode connection is gone." };
    },
    port: () => undefined,
  };
}

const appOptions = (logger: Logger, clientOptions: object, receiver: Receiver) => ({
  logger,
  clientOptions,
  receiver,
  convoStore: false as const,
});

/** What Slack refuses, only the host can mend; whatever else goes wrong may be gone at the next try. */
const faultOf = (error: unknown) => (refusalOf(error) === undefined ? Error : RefusedError);

async function oneWorkspace(
  { botToken, log }: TransportOptions,
  connect: (token: string) => WebClient,
): Promise<{ workspaces: Workspaces; token: () => Promise<PlatformHealth> }> {
  if (botToken === undefined)
    throw new Error("Slack needs SLACK_BOT_TOKEN. You find it under OAuth & Permissions > Bot User OAuth Token.");
  const client = connect(botToken);
  try {
    const { team_id: id, user_id: botUser, team } = await persist(() => client.auth.test(), true);
    if (!id || !botUser) throw new Error("auth.test named no workspace");
    log.info("slack workspace", { workspace: id, name: team });
    return {
      workspaces: singleWorkspace({ id, botUser, client, refused: new Set() }),
      token: createTokenCheck(client, log),
    };
  } catch (error) {
    throw new (faultOf(error))(
      `Slack does not accept SLACK_BOT_TOKEN (${refusalOf(error) ?? "no answer"}). It starts with xoxb-; you find it under OAuth & Permissions > Bot User OAuth Token, once the app is installed.`,
      { cause: error },
    );
  }
}

function authorizeWith(workspaces: Workspaces, botToken: string | undefined) {
  return async ({ teamId }: { teamId?: string | undefined }) => {
    const { botUser } = await workspaces.of(teamId ?? "");
    return { botUserId: botUser, ...(botToken !== undefined && { botToken }), ...(teamId !== undefined && { teamId }) };
  };
}

/** The library's own log, kept to what a host can act on; its lower levels hold message texts. */
function boltLogger(log: Log): Logger {
  const words = (message: unknown[]) => ({ message: message.map(String).join(" ").slice(0, 300) });
  return {
    debug() {},
    info() {},
    warn: (...message) => log.debug("slack client", words(message)),
    error: (...message) => log.warn("slack client", words(message)),
    setLevel() {},
    getLevel: () => "warn" as LogLevel,
    setName() {},
  };
}
