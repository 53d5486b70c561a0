/** What stands in a path of the engine's own and of nobody else. */
const folders = String.raw`docker|containerd|io\.containerd[\w.-]*|moby|overlay2?|overlayfs|snapshots|buildkit|runc|runsc|podman`;
const part = String.raw`[^\s:;"'\x60,()\[\]]`;

/** A container's root as the host has it; what follows is the container's own path. */
const root = new RegExp(String.raw`/${part}*/(?:merged|rootfs|diff|fs)(?=[/\s:;"'\x60,()\[\]]|$)`, "g");
const own = new RegExp(String.raw`(?:/${part}+?)??/(?:${folders})(?:/${part}+)+|/(?:var/)?run/${part}+`, "g");

/** An engine's words without the paths of its machine: a path inside a container stays as the container has it. */
export function withoutHostPaths(text: string): string {
  return text.replace(root, "").replace(own, "…");
}
