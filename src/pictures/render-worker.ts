import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { fontFiles } from "./font.ts";
import { svgSheet, textLine } from "./svg.ts";

/** What the thread says; `ready` comes once, first, then one answer for each SVG in order. */
export type Answer = { kind: "ready" } | { kind: "drawn"; png: Uint8Array } | { kind: "failed" };

await initWasm(readFileSync(fileURLToPath(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))));
const fontBuffers = Object.values(fontFiles).map((file) => readFileSync(file));
const tell = (answer: Answer) => parentPort?.postMessage(answer);

/** Everything on the WebAssembly side is freed by hand; the garbage collector does not see it. */
function draw(svg: string): Uint8Array {
  const picture = new Resvg(svg, {
    font: { loadSystemFonts: false, fontBuffers, defaultFontFamily: "Inter", monospaceFamily: "IBM Plex Mono" },
  });
  try {
    const image = picture.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    picture.free();
  }
}

// The first picture is many times slower than the next ones, so it is one that nobody waits for with a time limit.
draw(svgSheet(60, "#000000", [textLine("warm", { x: 0, y: 40, face: "words", colour: "#ffffff" })]));

parentPort?.on("message", (svg: string) => {
  try {
    tell({ kind: "drawn", png: draw(svg) });
  } catch {
    tell({ kind: "failed" });
  }
});
tell({ kind: "ready" });
