import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../src/engine/limits.ts";
import { safeText, showOutput } from "../../src/sandbox/shown-output.ts";
import { changeList } from "../../src/sandbox/view.ts";
import { engine } from "../harness/engine.ts";
import { person, place } from "../harness/sandboxes.ts";
import { type Scene, setTheScene } from "./abuse.ts";

describe.skipIf(!engine)("output", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setTheScene();
  });
  afterEach(() => scene.allIsWell());
  afterAll(() => scene?.close());

  const size = (text: string) => Buffer.byteLength(text);

  test.each([
    ["standard output", "yes"],
    ["standard error", "yes >&2"],
    ["both streams", "yes & yes >&2"],
    ["single bytes", "while :; do printf x; done"],
    ["one endless line", "cat /dev/zero | tr '\\0' x"],
  ])("a flood on %s is cut at the limit and stopped", async (_, line) => {
    const { text, outcome } = await scene.abuse(line);
    expect(["output", "time"]).toContain(outcome.result.stoppedBy);
    expect(size(text)).toBeLessThanOrEqual(limits.output);
    expect((await scene.abuse("ps -o args | grep -c '[y]es'")).text.trim()).toBe("0");
  });

  test("eight floods at once do not make the program hold more than its caps", async () => {
    const names = ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"];
    for (const name of names) await scene.start(name);
    const floods = await Promise.all(names.map((name) => scene.run(name, "yes")));
    for (const { text, outcome } of floods) {
      expect(outcome.result.stoppedBy).toBe("output");
      expect(size(text)).toBe(limits.output);
    }
    for (const name of names) await scene.sandboxes.stop(person(name).id);
  });

  test("control characters, escapes, direction marks and code fences cannot leave the code block", async () => {
    const { outcome } = await scene.abuse(
      "printf '\\033]0;title\\007\\033[2J\\033[31mred\\033[0m\\0\\b\\r\\n```\\n@everyone \\342\\200\\256evil\\n\\377\\376bad'",
    );
    const [shown] = showOutput(outcome.result.pieces);
    const source = shown?.kind === "code" ? shown.source : "";
    expect(source).not.toMatch(/[\p{Cc}--[\n\t]]|\p{Bidi_Control}|```/v);
    expect(source).toContain("red");
    expect(source).toContain("��bad");
  });

  test("odd names of files are shown on one line each and break nothing", async () => {
    await scene.abuse(
      "cd /cake; touch \"$(printf 'new\\nline')\" \"$(printf '\\033[31mred')\" \"$(printf '\\377\\376')\" '```' -- '-rf' 'a b' \"$(printf 'x%.0s' $(seq 200))\"",
    );
    const { view, changes } = await scene.sandboxes.changes(person("Mallory").id);
    const listed = changeList(view, changes).find((block) => block.kind === "code");
    const source = listed?.kind === "code" ? listed.source : "";
    expect(source.split("\n").every((line) => /^[ACD] \//.test(line))).toBe(true);
    expect(source).toBe(safeText(source));
    await scene.fresh();
  });

  test("text past the limit comes as a file, whole", async () => {
    const { outcome } = await scene.abuse("seq 1 5000");
    const blocks = showOutput(outcome.result.pieces);
    const file = blocks.find((block) => block.kind === "file");
    expect(file?.kind === "file" && file.text.split("\n")).toHaveLength(5000);
    const shown = blocks.find((block) => block.kind === "code");
    expect(shown?.kind === "code" && shown.source.split("\n").length).toBeLessThanOrEqual(25);
  });

  test("a NUL byte in a command is refused in words", async () => {
    await expect(scene.abuse("echo \0")).rejects.toThrow(/NUL/);
  });

  test("a command as long as a book is refused or fails, and nothing else happens", async () => {
    const view = await scene.sandboxes.find(person("Mallory").id);
    const result = await scene.sandboxes
      .runIn(view?.container ?? "", ["echo", "x".repeat(200_000)])
      .catch((error) => error);
    expect(result.exitCode === undefined || result.exitCode !== 0).toBe(true);
  });

  test("a third command of one learner waits for nobody: it is refused", async () => {
    const line = "sleep 1";
    const three = [1, 2, 3].map(() => scene.sandboxes.run(person("Mallory"), place, line));
    const settled = await Promise.allSettled(three);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  });
});
