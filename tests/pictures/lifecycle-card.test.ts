import { afterAll, expect, it } from "vitest";
import commands from "../../commands/concept.ts";
import { createTutor } from "../../src/answers/cards/tutor.ts";
import { ownContent } from "../../src/app.ts";
import type { Context, Services } from "../../src/core/context.ts";
import type { Reply } from "../../src/core/reply.ts";
import { openLibrary } from "../../src/curriculum/library.ts";
import { createPictures } from "../../src/pictures/pictures.ts";
import { createRenderer } from "../../src/pictures/render.ts";
import { person, place } from "../harness/sandboxes.ts";

const pictures = createPictures({ renderer: createRenderer({ limit: 60_000, startLimit: 60_000 }) });
const curriculum = openLibrary([ownContent]);
const offers = () => ({ experiments: true, quiz: true, sandbox: true, feedback: true });
const services = {
  curriculum,
  tutor: createTutor(curriculum),
  pictures,
  offers,
  path: { saw: async () => {} },
} as unknown as Services;
const concept = [commands].flat().find(({ name }) => name === "concept");
afterAll(() => pictures.close());

async function read(name: string): Promise<Reply> {
  const context: Context = {
    ...{ person: person("Ada"), place, locale: "en", event: "test:1", now: Date.now, services },
    signal: new AbortController().signal,
  };
  if (!concept) throw new Error("the command is gone");
  return (await concept.run(concept.options.parse({ name }), context)) as Reply;
}

it("the card about a container's states is told with their picture, above its buttons", async () => {
  const kinds = (await read("lifecycle-states")).blocks.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "picture")).toHaveLength(1);
  expect(kinds.indexOf("picture")).toBeLessThan(kinds.indexOf("controls"));
  expect((await read("lifecycle-states")).blocks.find((block) => block.kind === "picture")).toMatchObject({
    alt: expect.stringMatching(/created.*running.*exited/s),
  });
});

it("other cards are not", async () => {
  expect((await read("layers")).blocks.map(({ kind }) => kind)).not.toContain("picture");
});
