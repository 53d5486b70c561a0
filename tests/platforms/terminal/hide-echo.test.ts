import { describe, expect, it } from "vitest";
import { eraseEcho } from "../../../src/platforms/terminal/hide-echo.ts";

const npm = {
  npm_config_user_agent: "npm/11.19.1 node/v20.20.2",
  npm_lifecycle_event: "start",
  npm_lifecycle_script: "x".repeat(150),
  npm_package_name: "bakehouse",
  npm_package_version: "0.1.0",
};
const rows = (erased: string) => erased.split("[A").length - 1;

describe("npm's echo of the command line", () => {
  it("is erased row by row, as many as the terminal's width made of it", () => {
    expect(rows(eraseEcho(npm, 80))).toBe(5);
    expect(rows(eraseEcho(npm, 200))).toBe(4);
    expect(rows(eraseEcho(npm, 40))).toBe(7);
  });

  it("is left alone where npm printed none", () => {
    expect(eraseEcho({}, 80)).toBe("");
    expect(eraseEcho({ ...npm, npm_config_loglevel: "silent" }, 80)).toBe("");
    expect(eraseEcho({ ...npm, npm_config_user_agent: "pnpm/9.0.0 npm/? node/v22" }, 80)).toBe("");
  });
});
