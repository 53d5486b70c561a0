import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const content = fileURLToPath(new URL("../../content", import.meta.url));

/** Claims that a review against current Docker found wrong or too wide, and what is so instead. */
const mended: readonly (readonly [claim: RegExp, instead: string])[] = [
  [/without it they belong to root/, "docker cp keeps uid and gid without -a; -a gives them to the container's user"],
  [/only after the container has started successfully/, "a restart policy works from the first crash on"],
  [
    /an option that slipped behind the image's name/,
    "that gives 'executable file not found'; invalid reference is the word before the image",
  ],
  [/`ancestor=` also finds containers of images that were built on top/, "only of classic-builder and commit images"],
  [/comes from the classic image store, where images know their parent/, "it comes from the classic builder"],
  [/[Tt]o delete the cache: `docker builder prune`/, "-a empties it; without, only dangling cache goes"],
  [/1\. `docker builder prune`:/, "-a empties it; without, only dangling cache goes"],
  [/(?:default )?[Ss]ince Docker Engine 29 \(containerd/, "fresh installs only, and Docker Desktop since 4.34"],
  [/default since Docker Engine 29\)/, "fresh installs only"],
  [/the old image is still there without a name/, "not after a build on the containerd store"],
  [/mostly to a rebuild, and work as before/, "not after a build on the containerd store"],
  [/A local build needs no registry/, "it fetches its base image from one"],
  [/Building and running need no registry/, "a build fetches its base image from one"],
  [/not to build or run them/, "a build fetches its base image from one"],
  [/`docker ps` (?:lists|shows) running containers(?: only)?\./, "running, paused and restarting ones"],
  [/no tag and no other image built on it/, "dangling means: no tag"],
  [
    /On (?:a )?Mac (?:and|or)(?: on)? Windows(?: that kernel belongs|, Linux containers share)/,
    "Docker Desktop for Linux has the VM as well",
  ],
  [/containers first, then images, volumes, networks/, "containers, images, networks, volumes"],
  [/without CMD, ENV and history/, "an import has one entry of history"],
  [/It has one layer and no history/, "an import has one entry of history"],
  [/makes `sh` PID 1, which does not pass the signal on\. Write/, "often: some shells replace themselves"],
  [/Look at the column IMAGE ID/, "the column is called ID in CLI 29"],
  [/hides untagged images unless you add `-a`; older versions show them/, "and a build leaves none there"],
  [/golang:1\.25/, "an old version as example"],
];

const files = readdirSync(content, { recursive: true, encoding: "utf8" }).filter((file) =>
  /\.(?:md|txt|json)$/.test(file),
);

describe("claims that a review found wrong", () => {
  const texts = files
    .filter((file) => !file.startsWith("recordings"))
    .map((file) => [file, readFileSync(join(content, file), "utf8")] as const);

  it.each(mended)("%s stands nowhere: %s", (claim) => {
    expect(texts.filter(([, text]) => claim.test(text)).map(([file]) => file)).toEqual([]);
  });

  it("are looked for in everything that is taught", () => {
    expect(texts.length).toBeGreaterThan(300);
  });
});
