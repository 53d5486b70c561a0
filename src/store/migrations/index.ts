import type { Migration } from "../migrate.ts";
import { store } from "./0001-store.ts";
import { inbox } from "./0002-inbox.ts";
import { installation } from "./0003-installation.ts";
import { quiz } from "./0101-quiz.ts";
import { sandbox } from "./0201-sandbox.ts";
import { feedback } from "./0301-feedback.ts";
import { settings } from "./0302-settings.ts";
import { labs } from "./0401-labs.ts";
import { path } from "./0402-path.ts";
import { conversation } from "./0501-conversation.ts";

/** Every step of the schema, in order. Number ranges: store 0001-, quiz 0100-, sandbox 0200-, settings and feedback 0300-, labs 0400-, answers 0500-. */
export const migrations: readonly Migration[] = [
  store,
  inbox,
  installation,
  quiz,
  sandbox,
  feedback,
  settings,
  labs,
  path,
  conversation,
];
