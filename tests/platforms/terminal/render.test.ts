import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  button,
  code,
  controls,
  fields,
  heading,
  link,
  press,
  privately,
  reply,
  steps,
  text,
} from "../../../src/core/reply.ts";
import { render } from "../../../src/platforms/terminal/render.ts";

const plain = { width: 60, colour: false, save: (name: string) => `files/${name}` };
const coloured = { ...plain, colour: true };

describe("the terminal's drawing of a reply", () => {
  it("reads as plain text when piped", () => {
    const drawing = render(
      reply(
        heading("Layers"),
        text("An image is a **stack** of [layers](https://docs.docker.com/)."),
        code("$ docker history cake", "console"),
        fields({ Size: "2 MB" }),
        steps([{ title: "Start ada", state: "done" }]),
        controls(
          button("More details", press("concept", { name: "layers" })),
          link("Docs", "https://docs.docker.com/"),
        ),
      ),
      plain,
    );
    expect(drawing.text).toBe(
      [
        "Layers",
        "An image is a stack of layers <https://docs.docker.com/>.",
        "    $ docker history cake",
        "Size: 2 MB",
        "[done] Start ada",
        "  [1] More details\n  Docs: https://docs.docker.com/",
      ].join("\n\n"),
    );
  });

  it("numbers what can be pressed, the choices of a select included", () => {
    const drawing = render(
      reply({
        kind: "controls",
        controls: [
          button("Stop", press("quiz stop"), "danger"),
          {
            kind: "select",
            placeholder: "Topic",
            press: press("concept"),
            fills: "name",
            choices: [{ label: "Layers", value: "layers" }],
          },
        ],
      }),
      plain,
    );
    expect(drawing.text).toBe("  [1] Stop\nTopic:\n  [2] Layers");
    expect(drawing.controls[1]).toMatchObject({ press: { command: "concept", options: { name: "layers" } } });
  });

  it("dims what only the asker sees, on a terminal with colour", () => {
    expect(render(privately(reply(text("psst"))), coloured).text).toBe("\u001b[2mpsst\u001b[22m");
  });

  it("never lets a control character or a terminal escape through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (hostile) => {
        const drawing = render(
          reply(text(hostile), code(hostile), heading(hostile), fields({ [hostile]: hostile })),
          plain,
        );
        expect(drawing.text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
        expect(drawing.text.isWellFormed()).toBe(true);
      }),
    );
    expect(render(reply(text("a\u001b]0;title\u0007b\u001b[31mc")), plain).text).toBe("abc");
  });

  it("keeps prose within the width", () => {
    const drawing = render(reply(text(`- ${"word ".repeat(60)}`)), plain);
    expect(Math.max(...drawing.text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});
