import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDockerLines, type DockerLines } from "../../src/docker-cli/docker-lines.ts";
import { createPlainHost } from "../../src/docker-cli/lines-host.ts";
import { packTar, unpackTar } from "../../src/engine/tar-files.ts";
import { prepareCake } from "../docker-cli/cake.ts";
import { engine, theEngine } from "../harness/engine.ts";

/** What keeps a process alive: connections that somebody still waits on. Those that are only kept for the next request do not count. */
const open = () => process.getActiveResourcesInfo().filter((one) => /^(Pipe|TCPSocket)Wrap$/.test(one)).length;
const nobody = () => {};
const cake = "/cake/topping";

describe.runIf(engine)("nothing stays open after", () => {
  const who = { owner: `open:ada:${process.pid}`, slot: 1 };
  const instance = `open-${process.pid}`;
  let lines: DockerLines;
  let id = "";

  beforeAll(async () => {
    const shared = [{ name: "cake", id: await prepareCake(theEngine()) }];
    lines = createDockerLines({ host: createPlainHost(theEngine(), instance, shared) });
    id = (await lines.run("docker run -d --name bob cake sleep 1000", who)).output.trim();
  });
  afterAll(() => lines.removeAll(who.owner));

  test.each([
    `docker cp bob:${cake} /tmp/t`,
    `docker cp bob:${cake} a/b`,
    `docker cp bob:${cake} -`,
    `docker cp bob:${cake} topping`,
    "docker cp bob:/cake .",
    "docker cp bob:/bin/busybox big",
    "docker cp bob:/cake/nothing t",
    "docker cp bob:/dev/null t",
    "docker cp nobody:/cake/recipe t",
    "docker cp topping bob:/nowhere/at/all",
    "docker cp topping bob:/cake/recipe/",
    "docker cp nothing bob:/cake",
    "docker cp /tmp/t bob:/cake",
    "docker cp topping bob:/cake/topping",
    "docker logs nobody",
    "docker logs bob",
    "docker run --rm cake nothing-like-this",
    "docker run --rm -w /cake/recipe cake true",
    "docker exec bob nothing-like-this",
    "docker start -a nobody",
    "docker top bob -zzz",
    "docker build - <<EOF\nFROM cake\nCOPY --from=cake /nothing /x\nEOF",
    "docker build - <<EOF\nFROM cake\nCOPY --from=cake /cake /x\nEOF",
  ])("`%s`", async (line) => {
    const before = open();
    await lines.run(line, who);
    await expect.poll(open).toBeLessThanOrEqual(before);
  });

  const tar = () => packTar([{ header: { name: "x" }, body: Buffer.alloc(200_000) }]);
  const broken = async function* () {
    yield Buffer.alloc(512);
    throw new Error("broken");
  };
  const { containers, exec, images, system } = engine ?? ({} as never as NonNullable<typeof engine>);
  test.each<[string, () => Promise<unknown>]>([
    ["a look at a file", () => containers.stat(id, cake)],
    ["a look at no file", () => containers.stat(id, "/nothing")],
    ["a file that is read", async () => unpackTar(await containers.copyOut(id, cake, 10_000))],
    ["a file that is too large", () => containers.copyOut(id, "/bin/busybox", 10_000)],
    ["an archive of nothing", () => containers.streamOut(id, "/nothing")],
    ["an archive put nowhere", async () => containers.copyIn(id, "/nothing", await tar())],
    ["a stream put nowhere", async () => containers.copyIn(id, "/nothing", Readable.from([await tar()]))],
    ["a stream that breaks", () => containers.copyIn(id, "/cake", Readable.from(broken()))],
    ["an archive put on a file", async () => containers.copyIn(id, cake, await tar())],
    ["logs of nobody", () => containers.logs("nobody", { follow: true }, nobody)],
    ["attaching to nobody", () => containers.attach("nobody", nobody, { stdin: Buffer.from("x") })],
    ["attaching and letting go", async () => (await containers.attach(id, nobody)).detach()],
    ["following and letting go", async () => (await containers.logs(id, { follow: true }, nobody)).detach()],
    ["a command in nobody", () => exec.start("nobody", { command: ["true"] }, nobody)],
    ["waiting for nobody", () => containers.wait("nobody")],
    ["what changed in nobody", () => containers.changes("nobody")],
    ["a build of nonsense", () => images.build({ context: Buffer.from("x"), reference: "open:x" })],
    ["pulling nothing", () => images.pull("localhost:1/nothing:here")],
    ["listening for a while", async () => (await system.events({}, nobody, nobody))()],
  ])("%s", async (_, act) => {
    const before = open();
    await act().catch(nobody);
    await expect.poll(open).toBeLessThanOrEqual(before);
  });
});
