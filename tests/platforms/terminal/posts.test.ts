import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { expect, it } from "vitest";
import { createApp } from "../../../src/core/dispatch.ts";
import { silentLog } from "../../../src/core/log.ts";
import { button, controls, press, reply, text } from "../../../src/core/reply.ts";
import { terminalPlace } from "../../../src/platforms/terminal/read.ts";
import { createTerminal } from "../../../src/platforms/terminal/terminal.ts";

it("a post that only loses a control is not printed again, and what is offered stays", async () => {
  let printed = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      printed += String(chunk);
      done();
    },
  });
  const terminal = createTerminal({
    input: new PassThrough(),
    output,
    dataDir: mkdtempSync(join(tmpdir(), "bakehouse-")),
  });
  await terminal.start(createApp({ commands: [], services: {} as never, now: Date.now, log: silentLog }));
  const first = await terminal.post(
    terminalPlace,
    reply(text("Question 1"), controls(button("Next", press("next")))),
    {},
  );
  await terminal.post(terminalPlace, reply(text("Question 2"), controls(button("A", press("a")))), {});
  await terminal.edit(first, reply(text("Question 1")));
  expect(printed.match(/Question 1/g)).toHaveLength(1);
  await terminal.edit(first, reply(text("Question 1 was changed")));
  expect(printed).toContain("Question 1 was changed");
  await terminal.stop();
});
