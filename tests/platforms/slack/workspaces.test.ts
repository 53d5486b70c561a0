import type { Installation } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { UnreachableError } from "../../../src/core/platform.ts";
import { installedWorkspaces } from "../../../src/platforms/slack/transport/workspaces.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const installed = new Map<string, string>([["T1", "xoxb-1"]]);
  const store = {
    fetch: async (id: string) => {
      const token = installed.get(id);
      return token && ({ bot: { token, userId: "U1" } } as unknown as Installation);
    },
    save: async () => {},
    remove: async () => {},
  };
  const tokens: string[] = [];
  const workspaces = installedWorkspaces(store as never, (token) => {
    tokens.push(token);
    return {} as WebClient;
  });
  return { installed, tokens, workspaces };
}

it("a token that another process replaced is taken up within five minutes", async () => {
  const { installed, tokens, workspaces } = setUp();
  await workspaces.of("T1");
  installed.set("T1", "xoxb-2");
  await vi.advanceTimersByTimeAsync(5 * 60_000 - 1);
  await workspaces.of("T1");
  expect(tokens).toEqual(["xoxb-1"]);
  await vi.advanceTimersByTimeAsync(1);
  await workspaces.of("T1");
  expect(tokens).toEqual(["xoxb-1", "xoxb-2"]);
});

it("a workspace that was forgotten or never installed is told from one that is there", async () => {
  const { installed, workspaces } = setUp();
  await workspaces.of("T1");
  installed.delete("T1");
  workspaces.forget("T1");
  await expect(workspaces.of("T1")).rejects.toBeInstanceOf(UnreachableError);
  await expect(workspaces.of("T2")).rejects.toBeInstanceOf(UnreachableError);
});
