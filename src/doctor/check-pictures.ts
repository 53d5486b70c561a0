import { createHash } from "node:crypto";
import { fail, ok } from "../core/checks/finding.ts";
import { createRenderer } from "../pictures/render.ts";
import type { OwnCheck } from "./own-check.ts";

/** A line in each face of the pictures; changes in it change {@link expected}. */
const sample = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" viewBox="0 0 320 120">
<rect width="320" height="120" fill="#1d3557"/>
<g fill="#ffffff" font-size="18">
<text x="8" y="26" font-family="Inter">one image</text>
<text x="8" y="52" font-family="Inter" font-weight="600">many containers</text>
<text x="8" y="78" font-family="IBM Plex Mono">docker run cake</text>
<text x="8" y="104" font-family="IBM Plex Mono" font-weight="600">sha256:0123456789</text>
</g></svg>`;

/** The SHA-256 of its PNG. The fonts and the renderer are packages of a fixed version, so it is the same on every machine. */
const expected = "c8d05a43df5342daa3457c5e83c2cc4da26af52dbef6861ea2f50baf4bc99129";

/** Draws a sample and compares it with how it must look. */
export const checkPictures: OwnCheck = async () => {
  const name = "pictures";
  const renderer = createRenderer({ startLimit: 60_000, limit: 60_000 });
  try {
    const png = await renderer.render(sample);
    const means = "Learners see the same facts in words instead.";
    const mend = "Install the packages anew: `npm ci --omit=dev`.";
    if (!png) return [fail(name, "the renderer does not start", means, mend)];
    const hash = createHash("sha256").update(png).digest("hex");
    if (hash !== expected)
      return [
        fail(
          name,
          `a sample looks different (${hash.slice(0, 12)})`,
          "A font or the renderer is not the expected one, so text may be cut or missing.",
          mend,
        ),
      ];
    return [ok(name, "fonts and renderer draw as expected")];
  } finally {
    await renderer.close();
  }
};
