import type { Log } from "../core/log.ts";
import type { Reply } from "../core/reply.ts";
import type { DockerEngine } from "../engine/docker.ts";
import type { Store, Tx } from "../store/store.ts";
import type { Timers } from "../store/timers.ts";
import type { Borrowed } from "./guard/borrowed.ts";
import type { Host } from "./guard/host.ts";
import type { News } from "./life/news.ts";
import type { Places } from "./room/places.ts";
import type { Pool } from "./room/pool.ts";
import type { Queue } from "./room/queue.ts";
import type { Slots } from "./room/slots.ts";
import type { SandboxSettings } from "./service.ts";

/** Has a message posted once `tx` is on disk; the outbox's `post`. */
export type Announce = (
  tx: Tx,
  message: { key: string; place: import("../core/context.ts").Place; reply: Reply },
) => Promise<void>;

/** What the pieces of the service share. */
export interface Parts {
  engine: DockerEngine;
  store: Store;
  timers: Timers;
  settings: SandboxSettings;
  announce: Announce | undefined;
  now(): number;
  log: Log;
  instance: string;
  process: string;
  /** Whether another process of this installation still lives. */
  alive(process: string): Promise<boolean>;
  slots: Slots;
  pool: Pool;
  queue: Queue;
  /** Places for commands. */
  places: Places;
  news: News;
  host: Host;
  borrowed: Borrowed;
  onEnd: ((owner: string) => Promise<void>)[];
}
