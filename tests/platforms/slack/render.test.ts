import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moment } from "../../../src/core/moment.ts";
import type { Block, Control, Reply } from "../../../src/core/reply.ts";
import { button, code, controls, fields, heading, link, press, reply, text } from "../../../src/core/reply.ts";
import { toMrkdwn } from "../../../src/platforms/slack/draw/mrkdwn.ts";
import { render, renderAnew } from "../../../src/platforms/slack/draw/render.ts";
import { limits } from "../../../src/platforms/slack/limits.ts";
import { checkBlocks } from "../../harness/slack/check-blocks.ts";
import { checkMrkdwn } from "../../harness/slack/check-text.ts";
import { labels, wordsOf } from "../../harness/slack/reading.ts";
import type { Json } from "../../harness/slack/world.ts";
import { pixel } from "./commands.ts";

/** What Slack would refuse of a drawn reply. */
function problems(drawn: Reply): string[] {
  const { text: top, blocks, attachments } = render(drawn);
  return [
    // Whether a back-tick pairs up depends on the whole text; what shows literally is tested on real replies.
    ...checkBlocks(blocks, "message").filter((one) => !one.includes("shows literally")),
    ...checkMrkdwn(top, "text").filter((one) => !one.includes("shows literally")),
    ...(top.trim() === "" || top.length > 4000 ? [`text of ${top.length} characters`] : []),
    ...attachments
      .filter(({ alt }) => alt !== undefined && (alt.length > 1000 || alt.trim() === ""))
      .map(({ name }) => `${name}: alt text`),
  ];
}
const wordsIn = (drawn: Reply) => wordsOf(render(drawn).blocks as unknown as Json[]);

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ maxLength: 5000 }),
  fc
    .array(
      fc.constantFrom(
        "<!channel>",
        "<@U123>",
        "@everyone",
        "&amp;",
        "&",
        "<",
        ">",
        "**",
        "*",
        "_",
        "~",
        "`",
        "```",
        "\n",
        "- ",
        "[a](https://x.test/?a=1&b=<2>)",
        "[a](javascript:1)",
        "🎂",
        "مرحبا",
        "\ud800",
        "\u202e",
        "\u001b[31m",
        " ",
        "word",
        "x".repeat(3100),
        moment(0),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join("")),
);
const anyControl: fc.Arbitrary<Control> = fc.oneof(
  fc
    .record({ label: anyText, said: fc.string({ maxLength: 10 }) })
    .map(({ label, said }) =>
      button(label, press("echo", { said: encodeURIComponent(said.toWellFormed()).slice(0, 30) })),
    ),
  fc
    .record({ label: anyText })
    .map(({ label }): Control => ({ kind: "button", label, press: press("echo"), disabled: true })),
  fc
    .record({
      placeholder: anyText,
      choices: fc.array(fc.record({ label: anyText, value: fc.string({ maxLength: 160 }) }), { maxLength: 230 }),
    })
    .map((given): Control => ({ kind: "select", press: press("echo"), fills: "said", ...given })),
  fc
    .record({ label: anyText, title: anyText })
    .map((given): Control => ({ kind: "ask", press: press("echo"), fills: "said", ...given })),
  fc.constant(link("Docs", "https://docs.docker.com/")),
);
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  anyText.map(heading),
  anyText.map(text),
  anyText.map((source) => code(source)),
  fc
    .array(fc.record({ name: anyText, value: anyText }), { maxLength: 12 })
    .map((list): Block => ({ kind: "fields", fields: list })),
  fc
    .array(
      fc.record({ title: anyText, state: fc.constantFrom("waiting", "running", "done", "failed"), detail: anyText }),
      { maxLength: 12 },
    )
    .map((list): Block => ({ kind: "steps", steps: list as never })),
  anyText.map((alt): Block => ({ kind: "picture", png: pixel, alt: `x${alt}`, name: "p.png" })),
  anyText.map((all): Block => ({ kind: "file", name: "f.txt", text: all })),
  fc.array(anyControl, { minLength: 1, maxLength: 30 }).map((list): Block => ({ kind: "controls", controls: list })),
);

describe("a reply on Slack", () => {
  it("breaks no limit, whatever it holds", () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 70 }), (blocks) => {
        expect(problems({ blocks })).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("never pings, whatever somebody wrote", () => {
    fc.assert(
      fc.property(anyText, (said) => {
        expect(checkMrkdwn(toMrkdwn(said), "text").filter((one) => /mentions|unescaped/.test(one))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["a heading", heading, limits.header],
    ["a text", text, limits.section],
    ["a text of entities", (said: string) => text(said.replaceAll("x", "&")), limits.section / 5],
    ["code", (said: string) => code(said), limits.code],
  ])("keeps %s of the longest length whole, and one more within the limits", (_, block, longest) => {
    for (const length of [longest - 1, longest, longest + 1]) {
      const drawn = reply(block("x".repeat(length)));
      expect(problems(drawn)).toEqual([]);
      if (length <= longest) expect(wordsIn(drawn).match(/[x&]/g)?.length).toBe(length);
    }
  });

  it("attaches what is too long and says so", () => {
    const long = Array.from({ length: 900 }, (_, line) => `line ${line} of a long story`).join("\n");
    const drawing = render(reply(text(long), controls(button("More", press("more")))));
    expect(wordsOf(drawing.blocks as unknown as Json[])).toContain("attached file");
    expect(labels(drawing.blocks as unknown as Json[])).toEqual(["More"]);
    expect(Buffer.from(drawing.attachments[0]?.content ?? []).toString()).toBe(long);
    const output = render(reply(code(long)));
    expect(Buffer.from(output.attachments[0]?.content ?? []).toString()).toBe(long);
    expect(wordsOf(output.blocks as unknown as Json[])).toContain("line 0");
  });

  it("keeps 25 controls and 100 choices, and takes more without an error", () => {
    const many = (count: number) =>
      reply(
        text("x"),
        controls(...Array.from({ length: count }, (_, at) => button(`B${at}`, press("echo", { said: String(at) })))),
      );
    expect(labels(render(many(25)).blocks as unknown as Json[])).toHaveLength(25);
    expect(labels(render(many(26)).blocks as unknown as Json[])).toHaveLength(25);
    const choices = (count: number) =>
      reply(
        controls({
          kind: "select",
          placeholder: "p",
          press: press("echo"),
          fills: "said",
          choices: Array.from({ length: count }, (_, at) => ({ label: `C${at}`, value: String(at) })),
        }),
      );
    expect(labels(render(choices(100)).blocks as unknown as Json[])).toHaveLength(1);
    expect(labels(render(choices(101)).blocks as unknown as Json[])).toHaveLength(2);
    expect(problems(choices(101))).toEqual([]);
  });

  it("puts at most five buttons in a row", () => {
    const rows = render(
      reply(controls(...Array.from({ length: 11 }, (_, at) => button(`B${at}`, press("more"))))),
    ).blocks;
    expect(rows.map((row) => (row.type === "actions" ? row.elements.length : 0))).toEqual([5, 5, 1]);
  });

  it("gives every drawing block ids of its own", () => {
    const same = reply(heading("Same"), text("Same"));
    const ids = [renderAnew(same), renderAnew(same), render(same)].flatMap(({ blocks }) =>
      blocks.map(({ block_id }) => block_id),
    );
    expect(new Set(ids).size).toBe(6);
  });

  it("writes its small Markdown as Slack's", () => {
    expect(toMrkdwn("**Layers** are _shared_ by `docker image`")).toBe("*Layers* are _shared_ by `docker image`");
    expect(toMrkdwn("- one\n- two")).toBe("• one\n• two");
    expect(toMrkdwn("[docs](https://docs.docker.com/?a=1&b=2)")).toBe("<https://docs.docker.com/?a=1&amp;b=2|docs>");
    expect(toMrkdwn("a < b && `c > d`")).toBe("a &lt; b &amp;&amp; `c &gt; d`");
    expect(toMrkdwn("<!channel> <@U1>")).toBe("&lt;!channel&gt; &lt;@U1&gt;");
    expect(toMrkdwn("my_file_name and 2*3*4")).toBe("my_file_name and 2*3*4");
    expect(toMrkdwn(`closes ${moment(0)}`)).toBe("closes <!date^0^{time_secs}|00:00:00 UTC>");
  });

  it("shows names and values of fields, steps in words, and pictures with their words", () => {
    const shown = wordsIn(
      reply(
        fields({ Size: "2 MB" }),
        { kind: "steps", steps: [{ title: "Start", state: "failed", detail: "no engine" }] },
        { kind: "picture", png: pixel, alt: "Two layers", name: "l.png" },
      ),
    );
    expect(shown).toBe("Size: 2 MB\n• Failed: Start (no engine)\nPicture: Two layers");
  });
});
