import { defineConfig } from "vitest/config";

/** Tests that type into the real docker program see the whole engine, so nothing else may use it meanwhile. */
const wholeEngine = ["tests/content/cards.test.ts", "tests/docker-cli/fidelity.test.ts"];

export default defineConfig({
  test: {
    globalSetup: ["tests/harness/postgres.ts"],
    // Tests wait for real engines, databases and child processes; CI machines are small and busy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: process.env.CI ? ["default", ["json", { outputFile: "coverage/results.json" }]] : ["default"],
    projects: [
      {
        extends: true,
        test: { name: "tests", include: ["tests/**/*.test.ts"], exclude: wholeEngine, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: { name: "whole engine", include: wholeEngine, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
