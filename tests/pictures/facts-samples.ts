import fc from "fast-check";
import type { ContainerFacts, StackFacts } from "../../src/pictures/stack-facts.ts";

export const cake: StackFacts["image"] = {
  name: "cake",
  id: "63d68a082aa5",
  layers: [
    { size: 1_980_000, madeBy: "imported files" },
    { size: 99, madeBy: "COPY a file to /cake/recipe" },
    { size: 255, madeBy: "COPY a file to /usr/local/bin/bake" },
    { size: 261, madeBy: "RUN chmod 0755 /usr/local/bin/bake && echo plain > /cake/topping" },
  ],
};

export const ada: ContainerFacts = {
  name: "ada",
  state: "running",
  added: ["/cake/note"],
  changed: ["/cake/topping"],
  deleted: ["/cake/recipe"],
};

export const lin: ContainerFacts = { name: "lin", state: "exited", added: [], changed: [], deleted: [] };

export const hostile: ContainerFacts = {
  name: `"><script>alert('x')</script>`,
  state: "running",
  added: [
    "/a\n/b",
    "/😀/👩‍👩‍👧",
    "/日本語/ファイル",
    "/שלום/مرحبا",
    "/\u202eevil",
    "/\ud800",
    `/${"e\u0301\u0302\u0303".repeat(99)}`,
  ],
  changed: [`/${"very-long/".repeat(900)}end`, "]]><image href='file:///etc/passwd'/>", "&amp;&#0;"],
  deleted: ["```", "", " "],
};

/** Facts of every size; `text` makes the names. */
export function factsOf(text: fc.Arbitrary<string>): fc.Arbitrary<StackFacts> {
  const paths = fc.array(text, { maxLength: 7 });
  return fc.record({
    image: fc.record({
      name: text,
      id: fc.stringMatching(/^[0-9a-f]{12}$/),
      layers: fc.array(fc.record({ size: fc.nat(5_000_000_000), madeBy: text }), { maxLength: 14 }),
    }),
    containers: fc.array(
      fc.record({
        name: text,
        state: fc.constantFrom("created", "running", "paused", "exited", "restarting", "removing", "dead"),
        added: paths,
        changed: paths,
        deleted: paths,
      }),
      { maxLength: 7 },
    ),
  });
}

/** Any text, also with signs that no font has. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom("/", "a", "W", "😀", "字", "א", "<", "&", "\u0301", "\u202e", "\n"),
    maxLength: 700,
  }),
);

/** Names as Docker has them: every sign can be drawn. */
export const plainText = fc.stringMatching(/^[A-Za-z0-9/._:-]{1,90}$/);
