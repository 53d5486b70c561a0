import { createBakehouse } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { Caller, Person } from "../../src/core/context.ts";
import type { Log } from "../../src/core/log.ts";
import type { App } from "../../src/core/platform.ts";
import { decodePress } from "../../src/core/press.ts";
import type { Reply } from "../../src/core/reply.ts";
import { readText } from "../../src/core/text.ts";
import { render as drawDiscord } from "../../src/platforms/discord/draw/render.ts";
import { renderAnew as drawSlack } from "../../src/platforms/slack/draw/render.ts";
import { readSaid } from "../../src/platforms/slack/intake/read.ts";
import { render as drawTerminal } from "../../src/platforms/terminal/render.ts";
import type { Carrier } from "../../src/store/outbox.ts";
import { type Input, neverRun } from "./inputs.ts";
import { tryLine } from "./try-line.ts";

/** A whole bot that hostile inputs are given to as a platform would. */
export interface HostileBot {
  app: App;
  /** Whether lines of `docker` run on a real engine here. */
  engine: boolean;
  /** Answers an input and draws each reply for every platform, in a turn of its own each. Resolves with what was wrong with it, or undefined. */
  take(input: Input, index: number): Promise<string | undefined>;
  /** Uses everything once as its examples say, so that all is loaded. */
  warmUp(): Promise<void>;
  /** Gives everybody a sandbox, a lab and a quiz again. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

const people: Person[] = ["Ada", "Lin", "Grace", "‮Eve"].map((name, index) => ({
  id: `terminal:${name}`,
  name,
  moderator: index === 2,
}));
const turn = () => new Promise((resolve) => setImmediate(resolve));
/** A command that goes on longer than this is stopped, as its person would. */
const patience = 15_000;

/** Opens the bot with a data folder of its own. Without `DOCKER_HOST` it has no engine, and lines of `docker` are only read. */
export async function openHostileBot(environment: Record<string, string | undefined>): Promise<HostileBot> {
  const faults: string[] = [];
  const note = (message: string, fields?: Record<string, unknown>) =>
    void faults.push(`${message} ${String((fields?.error as Error | undefined)?.stack ?? "")}`);
  const log: Log = { debug() {}, info() {}, warn() {}, error: note };
  const config = readConfig({ SANDBOX_TOTAL: environment.DOCKER_HOST ? "8" : "0", SANDBOX_POOL: "1", ...environment });
  const bakehouse = await createBakehouse(config, log);
  const { app } = bakehouse;
  let events = 0;
  const callerOf = (person: Person, command = ""): Caller => ({
    person,
    // What settings change must not turn the rest of the run away.
    place: { platform: "terminal", workspace: "hostile", channel: /^settings/.test(command) ? "other" : "here" },
    locale: "en",
    event: `hostile:${events++}`,
  });

  async function draw(reply: Reply): Promise<void> {
    for (const one of [
      () => drawDiscord(reply),
      () => drawSlack(reply),
      () => drawTerminal(reply, { width: 80, colour: true, save: (name) => name }),
    ]) {
      one();
      await turn();
    }
  }

  async function run(command: string, options: Record<string, unknown>, person: Person): Promise<void> {
    const settings = /^settings/.test(command) ? { ...person, moderator: false } : person;
    for await (const reply of app.dispatch(
      { command, options, caller: callerOf(settings, command) },
      AbortSignal.timeout(patience),
    ))
      await draw(reply);
  }

  async function answer(input: Input, person: Person): Promise<void> {
    switch (input.via) {
      case "text": {
        const { command, options } = readText(input.typed, app.commands);
        return run(command, options, person);
      }
      case "talk":
        for (const typed of [input.typed, input.next]) await answer({ kind: input.kind, via: "text", typed }, person);
        return;
      case "slack": {
        const read = readSaid(input.typed, app.commands, "U1");
        return read ? run(read.command, read.options, person) : undefined;
      }
      case "line":
        if (!environment.DOCKER_HOST) return tryLine(input.typed);
        return run("docker", { line: input.typed.replace(/^docker /, "") }, person);
      case "options":
        return run(input.command, input.options, person);
      case "press": {
        const press = decodePress(input.encoded);
        return press ? run(press.command, press.options, person) : undefined;
      }
      case "complete":
        await app.complete(input.command, input.option, input.typed, callerOf(person));
    }
  }

  const here: Carrier & { name: string } = {
    name: "terminal",
    async post(place, reply) {
      await draw(reply);
      return { place, id: `m${events++}` };
    },
    async edit(_, reply) {
      await draw(reply);
    },
    openThread: async ({ place }) => place,
  };
  await bakehouse.start([here]);
  return {
    app,
    engine: Boolean(environment.DOCKER_HOST),
    async take(input, index) {
      faults.length = 0;
      try {
        await answer(input, people[index % people.length] ?? (people[0] as Person));
      } catch (error) {
        return `threw ${error instanceof Error ? error.stack : String(error)}`;
      }
      return faults[0];
    },
    async warmUp() {
      const [person] = people as [Person, ...Person[]];
      for (const { name, examples = [name] } of app.commands) {
        if (neverRun.has(name)) continue;
        for (const example of examples) {
          const { command, options } = readText(example, app.commands);
          await run(command, options, person);
        }
      }
      await run("sandbox picture", {}, person);
    },
    async prepare() {
      for (const person of people) {
        await run("quiz solo", {}, person);
        if (!environment.DOCKER_HOST) continue;
        await run("sandbox start", {}, person);
        await run("lab start", { lab: "first-docker-lab" }, person);
        await run("docker", { line: "rm -f web" }, person);
        await run("docker", { line: "run -d --name web cake" }, person);
      }
      await run("quiz start", {}, people[0] as Person);
    },
    close: () => bakehouse.close(),
  };
}
