import { createApp } from "../../../src/core/dispatch.ts";
import { silentLog } from "../../../src/core/log.ts";
import type { App, Invocation } from "../../../src/core/platform.ts";
import { type Gates, testCommands } from "./commands.ts";

/** An app of those commands that notes what it was asked. */
export function testApp(gates: Gates = {}): App & { asked: Invocation[] } {
  const app = createApp({ commands: testCommands(gates), services: {} as never, now: Date.now, log: silentLog });
  const asked: Invocation[] = [];
  return {
    ...app,
    asked,
    dispatch(invocation, signal) {
      asked.push(invocation);
      return app.dispatch(invocation, signal);
    },
  };
}
