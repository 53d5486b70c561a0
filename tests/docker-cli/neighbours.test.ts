import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDockerLines, type DockerLines } from "../../src/docker-cli/docker-lines.ts";
import { createPlainHost } from "../../src/docker-cli/lines-host.ts";
import { createNames } from "../../src/engine/names.ts";
import { engine, theEngine } from "../harness/engine.ts";
import { prepareCake } from "./cake.ts";

const instance = `neighbours-${process.pid}`;
const ada = { owner: `neighbours:ada:${process.pid}`, slot: 1 };
const eve = { owner: `neighbours:eve:${process.pid}`, slot: 2 };
const secret = "the secret topping";

describe.runIf(engine)("two learners on one engine", () => {
  let lines: DockerLines;
  let container = "";
  let image = "";
  const run = (who: typeof ada, line: string) => lines.run(`docker ${line}`, who);

  beforeAll(async () => {
    const cake = await prepareCake(theEngine());
    lines = createDockerLines({
      host: createPlainHost(theEngine(), instance, [{ name: "cake", id: cake }]),
    });
    container = (await run(ada, `run -d --name web -l note=hers -e TOPPING='${secret}' cake`)).output.trim();
    image = (await run(ada, "commit web menu:1")).output.trim();
    await run(ada, "tag cake shop");
    expect(container).toMatch(/^[0-9a-f]{64}$/);
    expect(image).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
  afterAll(async () => {
    await lines.removeAll(ada.owner);
    await lines.removeAll(eve.owner);
  });

  const ways = () => {
    const names = createNames(instance, ada.owner);
    return {
      containers: [
        container,
        container.slice(0, 12),
        container.slice(0, 3),
        "web",
        "/web",
        "WEB",
        "Web",
        names.container("web"),
        `/${names.container("web")}`,
        "../web",
        `../${container}`,
        `${container}/json`,
        `web/../../containers/${container}`,
        "%2e%2e/web",
      ],
      images: [
        image,
        image.slice(7),
        image.slice(7, 19),
        "menu:1",
        "menu",
        "MENU:1",
        "shop",
        names.image({ repository: "menu", tag: "1" }),
        names.image({ repository: "shop" }),
        "../menu:1",
        `x/../${names.image({ repository: "menu", tag: "1" })}`,
        `cake@${image}`,
        `docker.io/${names.image({ repository: "menu", tag: "1" })}`,
      ],
    };
  };
  const onContainers = [
    "inspect X",
    "container inspect X",
    "exec X cat /cake/topping",
    "logs X",
    "diff X",
    "top X",
    "commit X mine",
    "start X",
    "start -a X",
    "stop X",
    "restart X",
    "kill X",
    "pause X",
    "unpause X",
    "rename X mine",
    "rm X",
    "rm -f X",
    "cp X:/cake/topping t.txt",
    "port X",
    "wait X",
  ];
  const onImages = [
    "run X true",
    "create X",
    "history X",
    "inspect X",
    "image inspect X",
    "tag X mine",
    "rmi X",
    "rmi -f X",
  ];

  test("nothing of the other's can be reached by any command, by id, name, case, internal name or ../; and both answers sound alike", async () => {
    const leaks: string[] = [];
    let tries = 0;
    const attempt = async (line: string, target: string) => {
      tries++;
      const result = await run(eve, line.replace("X", target));
      const missing = await run(eve, line.replace("X", "zzz"));
      const said = `${result.output}${result.refused?.why ?? ""}`;
      const shown = said.replaceAll(target, "").toLowerCase();
      if (result.exitCode === 0 && !/^rm -f/.test(line)) leaks.push(`${line} with ${target} worked`);
      if (
        said.includes(secret) ||
        shown.includes(container.slice(0, 12)) ||
        shown.includes(createNames(instance, ada.owner).container(""))
      )
        leaks.push(`${line} with ${target} told: ${said}`);
      if (
        /^[0-9a-z]+$/.test(target) &&
        said.replaceAll(target, "zzz") !== `${missing.output}${missing.refused?.why ?? ""}`
      )
        leaks.push(`${line} with ${target} sounds different: ${said}`);
    };
    const { containers, images } = ways();
    for (const line of onContainers) for (const target of containers) await attempt(line, target);
    for (const line of onImages) for (const target of images) await attempt(line, target);
    for (const target of images) {
      const built = await lines.run(`docker build -t mine - <<EOF\nFROM ${target}\nRUN true\nEOF`, eve);
      const copied = await lines.run(
        `docker build -t mine - <<EOF\nFROM cake\nCOPY --from=${target} /cake/topping /x\nEOF`,
        eve,
      );
      tries += 2;
      if (built.exitCode === 0 || copied.exitCode === 0) leaks.push(`a build from ${target} worked`);
    }
    console.log(`${tries} tries to reach another learner's things`);
    expect(leaks).toEqual([]);
  }, 300_000);

  test("lists show one's own things only", async () => {
    for (const line of [
      "ps -aq",
      "ps -a --filter label=note=hers -q",
      `ps -aq --filter id=${container.slice(0, 12)}`,
      `ps -aq --filter ancestor=${image}`,
      "container ls -aq",
    ])
      expect((await run(eve, line)).output, line).toBe("");
    for (const line of ["images -a --format '{{.Repository}}'", "image ls --format '{{.Repository}}'"])
      expect((await run(eve, line)).output, line).toBe("cake\n");
    expect((await run(eve, "inspect cake")).output).not.toContain("shop");
    expect((await run(eve, "image inspect --format '{{json .RepoTags}}' cake")).output).toBe('["cake:latest"]\n');
    expect((await run(eve, "container prune -f")).output).toBe("Total reclaimed space: 0B\n");
    expect((await run(eve, "image prune -af")).output).toBe("Total reclaimed space: 0B\n");
    expect((await run(eve, "rmi cake")).refused?.why).toContain("shares");
  });

  test("both can have the same names", async () => {
    expect((await run(eve, "run -d --name web cake")).exitCode).toBe(0);
    expect((await run(eve, "tag cake menu:1")).exitCode).toBe(0);
    expect((await run(eve, "run --rm menu:1 bake")).output).toBe("A vanilla cake with a plain topping.\n");
    expect((await run(eve, "rm -f web")).output).toBe("web\n");
    expect((await run(eve, "rmi menu:1")).output).toBe("Untagged: menu:1\n");
  });

  test("after all of that the neighbour's things are as they were", async () => {
    expect((await run(ada, "ps --format '{{.Names}} {{.State}}'")).output).toBe("web running\n");
    expect((await run(ada, "images --format '{{.Repository}}:{{.Tag}}' --filter reference=menu")).output).toBe(
      "menu:1\n",
    );
    expect((await run(ada, "exec web sh -c 'echo $TOPPING'")).output).toBe(`${secret}\n`);
    expect((await run(ada, "run --rm shop bake")).exitCode).toBe(0);
  });
});
