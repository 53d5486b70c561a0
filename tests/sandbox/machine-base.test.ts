import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { prepareImage } from "../../src/sandbox/guard/image.ts";
import { findBusybox, isStatic } from "../../src/sandbox/guard/machine-base.ts";
import { canOwnEngine, ownEngine } from "../harness/own-engine.ts";

const busybox = existsSync("/bin/busybox") && isStatic(readFileSync("/bin/busybox"));

describe("the machine's own busybox", () => {
  it("is taken only when it needs no library, and is a program at all", () => {
    const folder = mkdtempSync(join(tmpdir(), "bakehouse-busybox-"));
    const script = join(folder, "busybox");
    writeFileSync(script, "#!/bin/sh\n".padEnd(200));
    expect(findBusybox([script, join(folder, "missing")])).toBeUndefined();
    // Node itself needs the C library.
    expect(isStatic(readFileSync(process.execPath))).toBe(false);
    expect(isStatic(Buffer.alloc(10))).toBe(false);
  });

  it.skipIf(!canOwnEngine || !busybox)(
    "becomes the base of the practice image where no registry can be reached",
    { timeout: 180_000 },
    async () => {
      const own = await ownEngine();
      onTestFinished(() => own.stop());
      const engine = own.connect();
      const reasons: string[] = [];
      const first = await prepareImage(engine, { onFallback: (why) => void reasons.push(why) });
      expect(first.built).toBe(true);
      expect(reasons).toHaveLength(1);
      // The next start does not try the registry again.
      const second = await prepareImage(engine, { onFallback: (why) => void reasons.push(why) });
      expect(second).toEqual({ ...first, built: false });
      expect(reasons).toHaveLength(1);
      await expect(prepareImage(engine, { machine: undefined })).rejects.toMatchObject({
        name: "ImageError",
        message: expect.not.stringMatching(/registry|lookup|CAKE_BASE/),
        detail: expect.stringMatching(/CAKE_BASE/),
      });
    },
  );
});
