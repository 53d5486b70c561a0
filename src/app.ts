import { fileURLToPath } from "node:url";
import { commands as allCommands } from "../commands/index.ts";
import type { Config } from "./config.ts";
import type { Services } from "./core/context.ts";
import { createApp } from "./core/dispatch.ts";
import type { Log } from "./core/log.ts";
import type { App } from "./core/platform.ts";
import { openLibrary } from "./curriculum/library.ts";
import "./services.ts";
import { createTutor } from "./tutor/tutor.ts";

/** The running bot without its platforms. */
export interface Bakehouse {
  app: App;
  services: Services;
  /** Lets go of everything the bot holds. */
  close(): Promise<void>;
}

/** The content that comes with Bakehouse. */
export const ownContent = fileURLToPath(new URL("../content", import.meta.url));

/** Joins the parts: the only place that knows them all. Throws what a part cannot start with, in words for the host. */
export async function createBakehouse(config: Config, log: Log, now: () => number = Date.now): Promise<Bakehouse> {
  const curriculum = openLibrary([ownContent, ...(config.CONTENT_DIR ? [config.CONTENT_DIR] : [])]);
  const services: Services = {
    curriculum,
    tutor: createTutor(curriculum),
    commands: () => allCommands,
    offers: () => ({ experiments: false, quiz: false, sandbox: false, feedback: false }),
  };
  return { app: createApp({ commands: allCommands, services, now, log }), services, async close() {} };
}
