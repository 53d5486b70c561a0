import { EngineError } from "../engine-error.ts";

/** Hands back a container's name or id that is safe inside a path; anything else cannot exist, so it is `not-found`. */
export function checkName(id: string): string {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/.test(id)) return id;
  throw new EngineError("not-found", "not a name");
}

/** The same for an image's reference or id. */
export function checkReference(reference: string): string {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_./:@-]{0,254}$/.test(reference) && !/\.\.|\/\/|\/\./.test(reference)) return reference;
  throw new EngineError("not-found", "not a reference");
}

/** `registry:5000/name:tag` → repository and tag, by default `latest`; two empty texts for none. */
export function splitReference(reference: string | undefined): [repository: string, tag: string] {
  if (!reference) return ["", ""];
  const colon = reference.lastIndexOf(":");
  if (colon <= reference.lastIndexOf("/")) return [reference, "latest"];
  return [reference.slice(0, colon), reference.slice(colon + 1)];
}
