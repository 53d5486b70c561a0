import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import { LRUCache } from "lru-cache";
import { type Log, silentLog } from "../core/log.ts";
import type { Answer } from "./render-worker.ts";

export interface RendererOptions {
  /** Milliseconds for one picture, waiting for others included, once the thread runs. */
  limit?: number;
  /** Milliseconds for the thread to start. */
  startLimit?: number;
  /** Milliseconds without work after which the thread ends and its memory is free. */
  idle?: number;
  /** Pictures kept. */
  cached?: number;
  log?: Log;
}

/** Turns SVG into PNG in a thread of its own. */
export interface Renderer {
  /** The PNG, or undefined when it could not be drawn in time. Never rejects. */
  render(svg: string): Promise<Uint8Array | undefined>;
  /** Whether the thread runs now. */
  running(): boolean;
  /** Ends the thread; what is not drawn yet resolves as undefined. */
  close(): Promise<void>;
}

interface Job {
  svg: string;
  resolve(png: Uint8Array | undefined): void;
  timer?: NodeJS.Timeout;
}

interface Thread {
  worker: Worker;
  ready: boolean;
  starting: NodeJS.Timeout;
}

/** A renderer whose thread is started by the first picture and ends when nothing was drawn for a while. */
export function createRenderer(options: RendererOptions = {}): Renderer {
  const { limit = 2000, startLimit = 5000, idle = 30_000, cached = 64, log = silentLog } = options;
  const cache = new LRUCache<string, Promise<Uint8Array | undefined>>({ max: cached });
  const queue: Job[] = [];
  let current: Job | undefined;
  let thread: Thread | undefined;
  let resting: NodeJS.Timeout | undefined;
  let closed = false;

  /** Ends the thread and gives up what it was drawing. */
  async function stop(): Promise<void> {
    const ending = thread;
    thread = undefined;
    clearTimeout(ending?.starting);
    clearTimeout(resting);
    if (current) settle(current, undefined);
    current = undefined;
    await ending?.worker.terminate();
  }

  async function giveUpAll(): Promise<void> {
    for (const job of queue.splice(0)) settle(job, undefined);
    await stop();
  }

  function settle(job: Job, png: Uint8Array | undefined): void {
    clearTimeout(job.timer);
    job.resolve(png);
  }

  function giveUp(job: Job): void {
    log.warn("a picture is left out, it took too long");
    if (job === current) {
      void stop();
      pump();
      return;
    }
    queue.splice(queue.indexOf(job), 1);
    settle(job, undefined);
  }

  function startClock(job: Job): void {
    job.timer ??= setTimeout(() => giveUp(job), limit);
  }

  /** Hands the thread the next job, or lets it rest. */
  function pump(): void {
    if (current || (queue.length === 0 && !thread?.ready)) return;
    thread ??= start();
    clearTimeout(resting);
    if (!thread.ready) return;
    current = queue.shift();
    if (current) {
      thread.worker.ref();
      thread.worker.postMessage(current.svg);
    } else {
      // A thread at rest does not keep the program from ending.
      thread.worker.unref();
      resting = setTimeout(() => void stop(), idle).unref();
    }
  }

  function start(): Thread {
    const worker = new Worker(new URL("./render-worker.ts", import.meta.url));
    const fail = (details: Record<string, unknown>) => {
      if (thread?.worker !== worker) return;
      log.warn("pictures are left out, the drawing thread failed", details);
      void giveUpAll();
    };
    const fresh: Thread = {
      worker,
      ready: false,
      starting: setTimeout(() => fail({ why: "it did not start in time" }), startLimit),
    };
    worker.on("error", (error) => fail({ error }));
    worker.on("message", (answer: Answer) => {
      if (thread !== fresh) return;
      if (answer.kind === "ready") {
        clearTimeout(fresh.starting);
        fresh.ready = true;
        queue.forEach(startClock);
      } else {
        if (current) settle(current, answer.kind === "drawn" ? answer.png : undefined);
        current = undefined;
      }
      pump();
    });
    return fresh;
  }

  function draw(svg: string): Promise<Uint8Array | undefined> {
    const { promise, resolve } = Promise.withResolvers<Uint8Array | undefined>();
    const job: Job = { svg, resolve };
    queue.push(job);
    if (thread?.ready) startClock(job);
    pump();
    return promise;
  }

  return {
    async render(svg) {
      if (closed) return undefined;
      const key = createHash("sha256").update(svg).digest("base64");
      const picture = cache.get(key) ?? draw(svg);
      cache.set(key, picture);
      const png = await picture;
      if (!png && cache.get(key) === picture) cache.delete(key);
      return png;
    },
    running: () => thread !== undefined,
    async close() {
      closed = true;
      await giveUpAll();
    },
  };
}
