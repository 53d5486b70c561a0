import { describe } from "vitest";
import { createTerminalDriver } from "../harness/terminal-driver.ts";
import { playAll } from "./play-all.ts";

describe("scripted conversations in the terminal", () => {
  playAll(createTerminalDriver);
});
