/**
 * A bot that is going to be killed. It starts, uses, resets and stops sandboxes for a few learners, and prints one JSON line
 * whenever a learner has been told something: what they have now. Run by crash.test.ts.
 */
import { createDocker } from "../../src/sandbox/docker.ts";
import { openSandboxes } from "../../src/sandbox/sandboxes.ts";
import { openStore } from "../../src/store/store.ts";
import { createTimers } from "../../src/store/timers.ts";

const [dataDir = "", base = ""] = process.argv.slice(2);
const store = await openStore({ dataDir });
const timers = createTimers(store);
const sandboxes = await openSandboxes({ engine: createDocker(), store, timers, settings: { base, pool: 2 } });
await timers.start();
await sandboxes.settled;

const place = { platform: "test", workspace: "school", channel: "general" };
/** What the learner has been told, and what is being done; written at once, so that a kill cannot hide it. */
const tell = (learner: string, has: string | null, doing = "") =>
  process.stdout.write(`${JSON.stringify({ learner, has, doing })}\n`);
tell("", null);

async function live(name: string): Promise<never> {
  const person = { id: `test:${name}`, name, moderator: false };
  let has = (await sandboxes.find(person.id))?.container ?? null;
  const step = async (doing: string, work: () => Promise<string | null>) => {
    tell(name, has, doing);
    has = await work();
    tell(name, has);
  };
  for (;;) {
    const dice = Math.random();
    try {
      if (dice < 0.35)
        await step("start", async () => {
          for await (const news of sandboxes.start(person, place))
            if (news.state === "ready") return news.view.container;
          return null;
        });
      else if (dice < 0.6)
        await step("run", async () => {
          const { view } = await sandboxes.run(person, place, `echo ${name} > /cake/who; cat /cake/who`);
          return view.container;
        });
      else if (dice < 0.85 && has !== null)
        await step("reset", async () => (await sandboxes.reset(person.id)).view.container);
      else if (has !== null)
        await step("stop", async () => {
          await sandboxes.stop(person.id);
          return null;
        });
    } catch (error) {
      process.stderr.write(`${String(error)}\n`);
      throw error;
    }
  }
}

await Promise.all(["ada", "lin", "sam"].map(live));
