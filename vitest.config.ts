import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["tests/harness/postgres.ts"],
    include: ["tests/**/*.test.ts"],
    // Tests wait for real engines, databases and child processes; CI machines are small and busy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: process.env.CI ? ["default", ["json", { outputFile: "coverage/results.json" }]] : ["default"],
  },
});
