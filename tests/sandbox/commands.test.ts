import { afterAll, beforeAll, describe, expect, test } from "vitest";
import sandboxCommands from "../../commands/sandbox.ts";
import type { Services } from "../../src/core/context.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import type { App } from "../../src/core/platform.ts";
import { decodePress, encodePress } from "../../src/core/press.ts";
import type { Control, Press, Reply } from "../../src/core/reply.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

function appWith(sandboxes: TestSandboxes["sandboxes"] | undefined): App {
  const labs = { find: async () => undefined };
  const services = { labs, ...(sandboxes && { sandboxes }) } as unknown as Services;
  return createApp({ commands: sandboxCommands, services, now: Date.now, log: silentLog });
}

async function ask(app: App, command: string, options: Record<string, string> = {}, who = "Ada"): Promise<Reply> {
  const caller = { person: person(who), place, locale: "en", event: "test:1" };
  let last: Reply | undefined;
  for await (const reply of app.dispatch({ command, options, caller })) last = reply;
  if (!last) throw new Error("no reply");
  return last;
}

/** Everything a person can read in a reply. */
function read(reply: Reply): string {
  return reply.blocks
    .map((block) => {
      if (block.kind === "text") return block.markdown;
      if (block.kind === "code") return block.source;
      if (block.kind === "heading") return block.text;
      if (block.kind === "fields") return block.fields.map(({ name, value }) => `${name}: ${value}`).join("\n");
      return "";
    })
    .join("\n");
}

function controlsOf(reply: Reply): Control[] {
  return reply.blocks.flatMap((block) => (block.kind === "controls" ? block.controls : []));
}

function pressOf(reply: Reply, label: string): Press {
  const control = controlsOf(reply).find((one) => "label" in one && one.label === label);
  if (!control || control.kind === "link") throw new Error(`no control ${label}`);
  const read = decodePress(encodePress(control.press));
  if (!read) throw new Error("a press that cannot be read back");
  return read;
}

test("without Docker every sandbox command says that there are none here", async () => {
  for (const { name } of sandboxCommands) {
    const options = {
      "sandbox run": { command: "ls" },
      "sandbox beside": { person: "x" },
      "sandbox agree": { offer: "0123456789abcdef" },
    };
    const reply = await ask(appWith(undefined), name, options[name as keyof typeof options] ?? {});
    expect(read(reply), name).toContain("There are no sandboxes here");
  }
});

describe.skipIf(!engine)("sandbox commands", () => {
  let scene: TestSandboxes;
  let app: App;
  beforeAll(async () => {
    scene = await openTestSandboxes();
    app = appWith(scene.sandboxes);
  });
  afterAll(() => scene?.close());

  test("start gives a card with the image's digest, the limits and three things to try, for the asker only", async () => {
    const card = await ask(app, "sandbox start");
    expect(card.audience).toBe("asker");
    const { id } = scene.sandboxes.image();
    expect(read(card)).toContain(id.replace("sha256:", "").slice(0, 12));
    expect(read(card)).toContain("64 MB memory, 0.5 processor, 64 processes, 32 MB disk, no network");
    expect(read(card).match(/^- /gm)).toHaveLength(3);
    expect(read(await ask(app, "sandbox start"))).toContain("You have one already");
  });

  test("every control leads to a command that answers", async () => {
    for (const control of controlsOf(await ask(app, "sandbox start"))) {
      if (control.kind === "link" || ("style" in control && control.style === "danger")) continue;
      const { command, options } = control.press;
      const filled = control.kind === "ask" ? { ...options, [control.fills]: "ls" } : options;
      expect(read(await ask(app, command, filled)), command).not.toContain("Something went wrong");
    }
  });

  test("run shows the output and the exit status in words, and shares it only when asked to", async () => {
    const quiet = await ask(app, "sandbox run", { command: "bake cherries; exit 3" });
    expect(quiet.audience).toBe("asker");
    expect(read(quiet)).toContain("A vanilla cake with a cherries topping.");
    expect(read(quiet)).toContain("Exit status 3");
    expect((await ask(app, "sandbox run", { command: "bake", share: "yes" })).audience).toBe("channel");
  });

  test("the three things to try do what the card says", async () => {
    const card = read(await ask(app, "sandbox start"));
    const lines = [...card.matchAll(/`sandbox run ([^`]+)`/g)].map((match) => match[1] ?? "");
    for (const line of lines)
      expect(read(await ask(app, "sandbox run", { command: line })), line).not.toMatch(/Exit status|background/);
  });

  test("changes lists what the writable layer holds", async () => {
    await ask(app, "sandbox run", { command: "echo hi > /cake/note" });
    expect(read(await ask(app, "sandbox changes"))).toMatch(/A \/cake\/note/);
  });

  test("limits says what the engine says", async () => {
    const said = read(await ask(app, "sandbox limits"));
    expect(said).toContain("Memory: 64 MB, no swap");
    expect(said).toMatch(/Writable layer: 32 MB, .* used; (held|watched)/);
  });

  test("reset asks first, then gives a new container and says what is gone", async () => {
    const question = await ask(app, "sandbox reset");
    expect(read(question)).toContain("starts a new one from the same image");
    const { command, options } = pressOf(question, "Reset it");
    const done = read(await ask(app, command, options));
    expect(done).toMatch(/A new container\. Your \d+ changes? (is|are) gone\. The image is the same\./);
    expect(read(await ask(app, "sandbox changes"))).toContain("Nothing");
  });

  test("beside asks the other person in public and shows both when they agree", async () => {
    await ask(app, "sandbox run", { command: "bake lemon" });
    await ask(app, "sandbox start", {}, "Lin");
    const asked = await ask(app, "sandbox beside", { person: "Lin" });
    expect(asked.audience).toBe("channel");
    const { command, options } = pressOf(asked, "Show mine too");
    expect(read(await ask(app, command, options, "Sam"))).toContain("Only the person who was asked");
    const both = read(await ask(app, command, options, "Lin"));
    expect(both).toContain("Both containers come from one image");
    expect(both).toContain("C /cake/topping");
    expect(both).toContain("nothing changed");
  });

  test("extend works once, stop removes, and status says what became of it", async () => {
    await ask(app, "sandbox start", {}, "Eva");
    expect(read(await ask(app, "sandbox extend", {}, "Eva"))).toContain("Kept for longer");
    expect(read(await ask(app, "sandbox extend", {}, "Eva"))).toContain("twice is not possible");
    expect(read(await ask(app, "sandbox stop", {}, "Eva"))).toContain("Your sandbox is removed");
    expect(read(await ask(app, "sandbox stop", {}, "Eva"))).toContain("nothing to stop");
    expect(read(await ask(app, "sandbox status", {}, "Eva"))).toContain("because you stopped it");
    expect(read(await ask(app, "sandbox changes", {}, "Eva"))).toContain("You have no sandbox right now");
  });
});
