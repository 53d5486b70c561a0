import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { settings } from "../../src/config.ts";
import { readDockerfile, rootFolder } from "./dockerfile.ts";

const file = readDockerfile();
const read = (name: string) => readFileSync(join(rootFolder, name), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  optionalDependencies: Record<string, string>;
  scripts: { start: string };
};

interface Service {
  image?: string;
  env_file?: string[];
  environment?: Record<string, string>;
  volumes: string[];
  privileged?: boolean;
  ports?: string[];
  healthcheck?: { test: string[] };
  logging?: { options: Record<string, string> };
  command?: string[];
}
const compose = parse(read("compose.yaml"), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const { bot, engine } = compose.services as { bot: Service; engine: Service };

describe("the Dockerfile", () => {
  it("copies only what is there", () => {
    for (const { from } of file.copies)
      for (const path of from) expect(statSync(join(rootFolder, path)).size).toBeGreaterThan(0);
  });

  it("may copy all of it, whatever .dockerignore leaves out", () => {
    const kept = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    expect(file.copies.flatMap(({ from }) => from).sort()).toEqual(kept.sort());
  });

  it("starts from the Node.js that the packages bring, by a whole version", () => {
    const versions = new Set(Object.values(manifest.optionalDependencies));
    expect([...versions].map((version) => `node:${version}-slim`)).toEqual(file.all("FROM"));
  });

  it("starts Node.js as `npm start` does", () => {
    expect(file.command.join(" ")).toBe(manifest.scripts.start.replace(/^node /, ""));
  });

  it("runs as a user without rights, with no development packages, and says whether it is alive", () => {
    expect(file.all("USER")).toEqual(["node"]);
    expect(file.install).toContain("--omit=dev");
    expect(file.all("HEALTHCHECK").join()).toContain("/healthz");
  });

  it("sets only variables that are settings", () => {
    const names = file.all("ENV").flatMap((rest) => rest.split(" ").map((one) => one.split("=")[0]));
    expect(names.filter((name) => name !== "NODE_ENV" && !(name && name in settings.shape))).toEqual([]);
  });
});

describe("the compose file", () => {
  it("gives the bot an engine of its own and nothing of the host", () => {
    for (const { volumes } of [bot, engine])
      for (const one of volumes) expect(Object.keys(compose.volumes)).toContain(one.split(":")[0]);
    expect(bot.privileged).toBeUndefined();
    expect([bot.ports, engine.ports]).toEqual([undefined, undefined]);
    const socket = bot.environment?.DOCKER_HOST;
    expect(engine.command).toContain(`--host=${socket}`);
    expect(engine.command?.filter((one) => one.startsWith("--host"))).toHaveLength(1);
  });

  it("watches both, keeps their logs small, and sets only variables that are settings", () => {
    for (const { healthcheck, logging } of [bot, engine]) {
      expect(healthcheck?.test.length).toBeGreaterThan(1);
      expect(logging?.options).toHaveProperty("max-size");
    }
    expect(Object.keys(bot.environment ?? {}).filter((name) => !(name in settings.shape))).toEqual([]);
  });
});
