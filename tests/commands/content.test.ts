import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { openLibrary } from "../../src/curriculum/library.ts";
import { openWorld, textOf, type World } from "../quiz/world.ts";
import { createClock, freshFolder } from "../store/places.ts";

const own = fileURLToPath(new URL("../../content", import.meta.url));
const pack = mkdtempSync(join(tmpdir(), "bakehouse-pack-"));
process.once("exit", () => rmSync(pack, { recursive: true, force: true }));
mkdirSync(join(pack, "questions"));

const question = (right: string) => `---
concept: layers
level: easy
hint: Look at the first line.
---
Which word did the instructor write?

- [ ] Cherry
  Not that one.
- [${right}] Plum
  That one.
- [ ] Apple
  Not that one.
- [ ] Pear
  Not that one.

The instructor wrote plum.
`;

let world: World | undefined;
afterEach(() => world?.kill());

describe("content reload", () => {
  it("adds an instructor's questions without a restart, and refuses a broken pack whole, with file and line", async () => {
    const library = openLibrary([own, pack]);
    const before = library.current.questions.size;
    world = await openWorld(await freshFolder(), createClock(), { curriculum: library });
    for (const other of ["Ada", "Mod"])
      expect(textOf(await world.say(other, "content reload"))).toMatch(
        /only its hosts can use it.*Nothing was changed/,
      );

    writeFileSync(join(pack, "questions", "layers-91.md"), question("x"));
    expect(textOf(await world.say("Host", "content reload"))).toContain(`${before + 1} questions`);
    expect(library.current.questions.get("layers-91")?.options[1]).toMatchObject({ text: "Plum", right: true });

    writeFileSync(join(pack, "questions", "layers-91.md"), question(" "));
    const refused = textOf(await world.say("Host", "content reload"));
    expect(refused).toContain("Nothing was changed");
    expect(refused).toMatch(/questions\/layers-91\.md:8: no right answer is ticked/);
    expect(library.current.questions.get("layers-91")?.options[1]).toMatchObject({ right: true });
  }, 30_000);
});
