import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDocker } from "../../src/engine/docker.ts";
import { runCommand } from "../../src/engine/run-command.ts";
import { packTar } from "../../src/engine/tar-files.ts";
import { gatherImage, gatherStacks, sortChanges } from "../../src/pictures/facts.ts";
import { layerPicture } from "../../src/pictures/layer-picture.ts";
import { createPictures, type Pictures } from "../../src/pictures/pictures.ts";
import { createRenderer } from "../../src/pictures/render.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";

describe("changes of a container", () => {
  it("leave out folders that are changed only because of what is in them", () => {
    const changes = sortChanges([
      { kind: "C", path: "/cake" },
      { kind: "A", path: "/cake/note" },
      { kind: "D", path: "/cake/recipe" },
      { kind: "C", path: "/cakes" },
      { kind: "A", path: "/new" },
      { kind: "A", path: "/new/file" },
    ]);
    expect(changes).toEqual({
      added: ["/cake/note", "/new", "/new/file"],
      changed: ["/cakes"],
      deleted: ["/cake/recipe"],
    });
  });
});

describe.skipIf(!engine)("facts from a real engine", () => {
  const key = randomBytes(4).toString("hex");
  const reference = `pictures-test:${key}`;
  const made: string[] = [];
  let pictures: Pictures;

  beforeAll(async () => {
    pictures = createPictures({ renderer: createRenderer({ limit: 60_000, startLimit: 60_000 }) });
    const recipe = [
      `FROM ${testBase}`,
      "COPY file /cake/recipe",
      "ENV FLAVOUR=vanilla",
      "RUN echo plain > /cake/topping",
      "RUN true",
      "RUN rm /cake/recipe",
      "WORKDIR /cake/deep",
      'CMD ["sleep", "60"]',
    ];
    const context = await packTar([
      { header: { name: "Dockerfile" }, body: Buffer.from(recipe.join("\n")) },
      { header: { name: "file" }, body: Buffer.from("flour and sugar") },
    ]);
    await theEngine().images.build({ context, reference });
    for (const name of ["ada", "lin"]) {
      const { containers } = theEngine();
      const spec = {
        name: `${name}-${key}`,
        image: reference,
        purpose: "line",
        instance: key,
        slot: 0,
        runAs: { user: "0" },
      } as const;
      const id = await containers.create(spec);
      made.push(id);
      if (name === "ada") await containers.start(id);
    }
    const [ada = ""] = made;
    const change = "echo cherries > /cake/topping; echo hi > /cake/note; mkdir /x; touch '/x/<b>\"'";
    await runCommand(theEngine(), ada, { command: ["sh", "-c", change] }, { most: 1000 });
  });

  afterAll(async () => {
    await pictures.close();
    for (const id of made) await theEngine().containers.remove(id, { force: true });
    await theEngine().images.remove(reference, { force: true });
  });

  it("have one layer for each of the image's, also for a deletion of 0 bytes, and none for settings", async () => {
    const { layers } = await gatherImage(theEngine(), reference);
    const real = (await theEngine().images.inspect(reference)).layers;
    expect(layers).toHaveLength(real.length);
    expect(layers.slice(1)).toEqual([
      { size: 15, madeBy: "COPY a file to /cake/recipe" },
      { size: 6, madeBy: "RUN echo plain > /cake/topping" },
      { size: 0, madeBy: "RUN rm /cake/recipe" },
      { size: 0, madeBy: "WORKDIR /cake/deep" },
    ]);
  });

  it("have each container with its state and its own changes", async () => {
    const stacks = await gatherStacks(theEngine(), made);
    expect(stacks).toHaveLength(1);
    expect(stacks[0]?.image.name).toBe(reference);
    expect(stacks[0]?.containers).toEqual([
      {
        name: `ada-${key}`,
        state: "running",
        added: expect.arrayContaining(["/cake/note", "/x", '/x/<b>"']),
        changed: ["/cake/topping"],
        deleted: [],
      },
      { name: `lin-${key}`, state: "created", added: [], changed: [], deleted: [] },
    ]);
  });

  it("make a picture with the names one wants, and leave out containers that are gone", async () => {
    const naming = { container: () => "mine", image: () => "my cake" };
    const [block, ...more] = await layerPicture(pictures, theEngine(), ["0".repeat(64), ...made], naming);
    expect(more).toEqual([]);
    expect(block).toMatchObject({
      kind: "picture",
      alt: expect.stringMatching(/^Layers of image my cake, .*mine \(running\)/),
    });
  });

  it("show an image made of a container with one layer more", async () => {
    const [ada = ""] = made;
    const id = await theEngine().containers.commit(ada, { comment: "with cherries" });
    try {
      const { layers, name } = await gatherImage(theEngine(), id);
      expect(layers).toHaveLength((await gatherImage(theEngine(), reference)).layers.length + 1);
      expect(layers.at(-1)?.madeBy).toBe("commit of a container: with cherries");
      expect(name).toBe("(no name)");
    } finally {
      await theEngine().images.remove(id, { force: true });
    }
  });
});

it("no picture comes, and no error, where no engine answers", async () => {
  const away = createDocker({ environment: { DOCKER_HOST: "unix:///nowhere/docker.sock" } });
  expect(await layerPicture(createPictures(), away, ["ada"])).toEqual([]);
});
