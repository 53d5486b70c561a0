import { randomBytes } from "node:crypto";
import type { ContainerSpec } from "../../engine/container-spec.ts";
import { limits } from "../../engine/limits.ts";

/** Who tries something out on the engine, and with which image. */
export interface Trial {
  image: string;
  instance: string;
  /** The process that tries, as others of the installation call it; they leave its containers alone while it lives. */
  process?: string | undefined;
}

/** What every container has that is only there to try something: a name that no other process can take, and whose it is. */
export function trialSpec(kind: string, { image, instance, process }: Trial) {
  const name = `${instance}-${kind}-${randomBytes(4).toString("hex")}`;
  const slot = limits.slots - 1;
  const purpose: ContainerSpec["purpose"] = "canary";
  return { name, image, purpose, instance, slot, ...(process !== undefined && { process }) };
}
