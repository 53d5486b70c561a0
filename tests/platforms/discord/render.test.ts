import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moment } from "../../../src/core/moment.ts";
import type { Block, Control, Reply } from "../../../src/core/reply.ts";
import { button, code, controls, heading, press, reply, steps, text } from "../../../src/core/reply.ts";
import { render } from "../../../src/platforms/discord/draw/render.ts";
import { checkSchema } from "../../harness/discord/check.ts";
import { type AskedMessage, flatten, messageRules } from "../../harness/discord/message-rules.ts";
import type { Component } from "../../harness/discord/world.ts";

/** Everything Discord would have against this drawing. */
function problemsOf(one: Reply): string[] {
  const { body, files } = render(one, { origin: "test" });
  const asked = body as unknown as AskedMessage;
  return [
    ...checkSchema("MessageCreateRequestSchema", body),
    ...messageRules(
      asked,
      true,
      files.map(({ name, data }) => ({ name, size: data.length })),
    ),
  ];
}

const textOf = (one: Reply): string =>
  flatten(render(one).body.components as unknown as Component[])
    .flatMap(({ content }) => content ?? [])
    .join("\n");

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.constantFrom(
    "",
    " ",
    "\n",
    "```",
    "``````",
    "@everyone",
    "<@123>",
    "</ask:1>",
    "**",
    "_",
    "`",
    "[a](https://x.y)",
    "# h",
    "🎂".repeat(90),
    "مرحبا",
    "\u001b[31mred\u001b[0m",
  ),
  fc.integer({ min: 1, max: 5000 }).map((length) => "word ".repeat(length / 5)),
);
const label = fc.oneof(fc.string({ maxLength: 120 }), fc.constantFrom("", "A", "x".repeat(81)));
const target = fc.constantFrom(
  press("concept", { name: "layers" }),
  press("help"),
  press("quiz answer", { round: "k3f9x2ab", q: "3", choice: "2" }),
);
const control: fc.Arbitrary<Control> = fc.oneof(
  fc.record({ kind: fc.constant("button" as const), label, press: target }),
  fc.record({ kind: fc.constant("ask" as const), label, press: target, fills: fc.constant("text"), title: label }),
  fc.record({
    kind: fc.constant("link" as const),
    label,
    url: fc.constantFrom("https://docs.docker.com/", "javascript:x", `https://x.y/${"z".repeat(600)}`),
  }),
  fc.record({
    kind: fc.constant("select" as const),
    placeholder: label,
    press: target,
    fills: fc.constant("name"),
    choices: fc.array(fc.record({ label, value: fc.string({ maxLength: 110 }) }), { maxLength: 60 }),
  }),
);
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("heading" as const), text: nasty }),
  fc.record({ kind: fc.constant("text" as const), markdown: nasty }),
  fc.record({
    kind: fc.constant("code" as const),
    language: fc.constantFrom("console", "dockerfile", "json", "text"),
    source: nasty,
  }),
  fc.record({
    kind: fc.constant("fields" as const),
    fields: fc.array(fc.record({ name: nasty, value: nasty }), { maxLength: 5 }),
  }),
  fc.record({
    kind: fc.constant("steps" as const),
    steps: fc.array(fc.record({ title: nasty, state: fc.constantFrom("waiting", "running", "done", "failed") }), {
      maxLength: 8,
    }),
  }),
  fc.record({
    kind: fc.constant("picture" as const),
    png: fc.constant(new Uint8Array(4)),
    alt: nasty,
    name: fc.oneof(nasty, fc.constant("p.png")),
  }),
  fc.record({ kind: fc.constant("file" as const), name: fc.oneof(nasty, fc.constant("o.txt")), text: nasty }),
  fc.record({ kind: fc.constant("controls" as const), controls: fc.array(control, { maxLength: 12 }) }),
);

describe("Discord's drawing of a reply", () => {
  it("keeps every rule of Discord's, whatever the reply", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 14 }), (blocks) => {
        expect(problemsOf({ blocks })).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it.each([3870, 3880, 3881, 3990, 4000, 4001, 12_000, 200_000])(
    "shows a text of %i characters, whole or with the rest in a file",
    (length) => {
      const long = "baking "
        .repeat(length)
        .slice(0, length - 1)
        .concat(".");
      for (const one of [
        reply(text(long)),
        reply(code(long, "console")),
        reply(text("before"), code(`$ ${long}`, "console"), text("after")),
      ]) {
        expect(problemsOf(one)).toEqual([]);
        const { files } = render(one);
        const shown = textOf(one);
        if (files.length === 0) expect(shown).toContain(long);
        else {
          expect(shown).toContain("Cut here");
          expect(String(files[0]?.data)).toContain(long);
        }
        expect(files.length).toBe(length > 3880 ? 1 : files.length);
      }
    },
  );

  it("closes every code block it cuts", () => {
    const shown = textOf(reply(code(`${"line\n".repeat(3000)}`, "console")));
    expect(shown.match(/```/g)?.length).toBe(2);
  });

  it.each([
    [25, 1],
    [26, 2],
    [50, 2],
    [51, 3],
  ])("puts %i choices into %i lists", (count, lists) => {
    const choices = Array.from({ length: count }, (_, at) => ({ label: `Topic ${at}`, value: String(at) }));
    const one = reply({
      kind: "controls",
      controls: [{ kind: "select", placeholder: "Pick", press: press("concept"), fills: "name", choices }],
    });
    const selects = flatten(render(one).body.components as unknown as Component[]).filter(({ type }) => type === 3);
    expect(selects.length).toBe(lists);
    expect(selects.flatMap(({ options }) => options ?? []).length).toBe(count);
    expect(problemsOf(one)).toEqual([]);
  });

  it.each([5, 6, 25, 26, 60])("draws %i buttons in rows of five and says how many do not fit", (count) => {
    const one = reply(
      controls(...Array.from({ length: count }, (_, at) => button(`B${at}`, press("concept", { name: String(at) })))),
    );
    expect(problemsOf(one)).toEqual([]);
    const drawn = flatten(render(one).body.components as unknown as Component[]).filter(
      ({ type }) => type === 2,
    ).length;
    if (drawn < count) expect(textOf(one)).toContain(`${count - drawn} more`);
    else expect(drawn).toBe(count);
    expect(drawn).toBeGreaterThanOrEqual(Math.min(count, 30));
  });

  it("gives two controls with the same press ids of their own", () => {
    const one = reply(controls(button("Yes", press("help")), button("Also yes", press("help"))));
    expect(problemsOf(one)).toEqual([]);
  });

  it("lets no text mention anybody, open a command or end its own code block", () => {
    const shown = textOf(
      reply(text("@everyone <@1> <@&2> <#3> </ask:4> <t:5:R> <id:home> `<@6>` ```x```"), code("a```b", "text")),
    );
    expect(shown).not.toMatch(/@everyone|<[@#/](?!\d+>`)|<t:|<id:|a```b/);
    expect(shown.match(/```/g)?.length).toBe(2);
  });

  it("shows Markdown outside of the small subset as it stands", () => {
    const shown = textOf(
      reply(text("# no heading\n> no quote\n||no spoiler|| ~~no strike~~ __init__ **bold** _it_ `a||b`")),
    );
    expect(shown).toBe(
      "\\# no heading\n\\> no quote\n\\|\\|no spoiler\\|\\| \\~\\~no strike\\~\\~ \\_\\_init\\_\\_ **bold** _it_ `a||b`",
    );
  });

  it("shows a moment in the reader's own time, with a countdown", () => {
    expect(textOf(reply(text(`until ${moment(1_767_603_600_000)}`)))).toBe("until <t:1767603600:T> (<t:1767603600:R>)");
  });

  it("keeps the colours Discord shows and drops every other escape", () => {
    const shown = textOf(
      reply(code("\u001b[31mred\u001b[0m \u001b[91mbright\u001b[2J\u001b]0;title\u0007 plain\u0008", "console")),
    );
    expect(shown).toBe("```ansi\n\u001b[31mred\u001b[0m bright plain\n```");
    expect(textOf(reply(code("$ docker ps\nID", "console")))).toBe(
      "```ansi\n\u001b[1;36m$ docker ps\u001b[0m\nID\n```",
    );
  });

  it("tells the state of a step in words", () => {
    expect(
      textOf(
        reply(
          steps([
            { title: "Start ada", state: "done" },
            { title: "Look", state: "running", detail: "`ls`" },
          ]),
        ),
      ),
    ).toBe("1. Start ada: **done**\n2. Look: **now**, `ls`");
  });

  it("attaches a picture with its description, and gives no two files the same name", () => {
    const picture = { kind: "picture" as const, png: new Uint8Array(8), alt: "Three layers", name: "layers.png" };
    const { body, files } = render(reply(heading("Layers"), picture, picture));
    expect(files.map(({ name }) => name)).toEqual(["layers.png", "layers-2.png"]);
    expect(body.attachments).toMatchObject([
      { id: "0", description: "Three layers" },
      { id: "1", description: "Three layers" },
    ]);
    expect(problemsOf(reply(picture, picture))).toEqual([]);
  });

  it("leaves out a file too many and one that is too large, and says so", () => {
    const file = (name: string, size = 4) => ({ kind: "file" as const, name, text: "x".repeat(size) });
    const many = reply(...Array.from({ length: 11 }, (_, at) => file(`f${at}.txt`)));
    expect(problemsOf(many)).toEqual([]);
    expect(textOf(many)).toContain("f10.txt is left out");
    expect(textOf(reply(file("big.txt", 10 * 1024 * 1024 + 1)))).toContain("too large");
  });
});
