import { randomBytes } from "node:crypto";
import type { Log } from "../../core/log.ts";
import type { ContainerSpec } from "../../engine/container-spec.ts";
import type { Engine } from "../../engine/engine.ts";
import { idleCommand } from "../../engine/policy.ts";
import { createSemaphore } from "../../engine/semaphore.ts";
import { removeSurely } from "../guard/remove-surely.ts";
import type { Slots } from "./slots.ts";

/** A running container that nobody has used yet. */
export interface Fresh {
  id: string;
  name: string;
  image: string;
}

/** Makes and removes containers, keeps a few running ones ready, and knows which of them this process made. */
export interface Pool {
  /** A fresh sandbox container: a warm one of the shared image, or a new one. */
  take(image?: string): Promise<Fresh>;
  /** Any other container, created and not started; for lines and builds. */
  create(spec: Omit<ContainerSpec, "instance" | "process">): Promise<string>;
  /** Removes a container if it is there. Frees its slot. */
  remove(id: string): Promise<void>;
  /** The store says now whose the container is, so the pool need not vouch for it any more. */
  settle(id: string): void;
  /** Takes over the slot of a container from before this process. */
  adopt(id: string, slot: number): void;
  /** Whether the container is warm, on its way to a learner, or being made under that name. */
  knows(container: { id: string; name: string }): boolean;
  /** Makes the pool full again, in the background. */
  fill(): void;
  /** Forgets the pool's containers: the engine was restarted. */
  forget(): void;
  /** How many are warm. */
  warm(): number;
  /** Stops filling and removes the warm ones. */
  close(): Promise<void>;
}

export interface PoolOptions {
  engine: Engine;
  instance: string;
  process: string;
  /** The shared image's id. */
  image(): string;
  /** How many are kept warm. */
  size: number;
  /** How many are started or removed at once. */
  launches: number;
  slots: Slots;
  log: Log;
}

/** See {@link Pool}. Starts nothing until {@link Pool.fill}. */
export function createPool(options: PoolOptions): Pool {
  const { engine, instance, slots, log } = options;
  const launches = createSemaphore(options.launches);
  /** Being made right now. */
  const names = new Set<string>();
  const slotOf = new Map<string, number>();
  /** Containers that the store knows nothing of yet. */
  const unclaimed = new Set<string>();
  let warm: Fresh[] = [];
  let filling = 0;
  let closed = false;
  let generation = 0;

  async function make(image: string, priority: "high" | "low"): Promise<Fresh> {
    return launches.run(async () => {
      const slot = slots.take();
      const name = `${instance}-${randomBytes(5).toString("hex")}`;
      names.add(name);
      try {
        const id = await engine.containers.create({
          ...{ name, image, purpose: "pool", instance, process: options.process, slot, command: idleCommand },
          hostname: "sandbox",
          // An allowed image may bring one, which would get the command as its words.
          ...(image !== options.image() && { entrypoint: [""] }),
        });
        slotOf.set(id, slot);
        unclaimed.add(id);
        await engine.containers.start(id);
        return { id, name, image };
      } catch (error) {
        await engine.containers.remove(name, { force: true }).catch(() => {});
        for (const [id, mine] of slotOf) {
          if (mine !== slot) continue;
          slotOf.delete(id);
          unclaimed.delete(id);
        }
        slots.release(slot);
        throw error;
      } finally {
        names.delete(name);
      }
    }, priority);
  }

  function fill(): void {
    while (!closed && warm.length + filling < options.size) {
      filling++;
      const mine = generation;
      make(options.image(), "low")
        .then(async (fresh) => {
          if (closed || mine !== generation) await remove(fresh.id);
          else warm.push(fresh);
        })
        .catch((error) => log.warn("pool container failed", { error }))
        .finally(() => {
          filling--;
        });
    }
  }

  async function remove(id: string): Promise<void> {
    // From here on it is a leftover, and if this fails the next sweep finds it.
    unclaimed.delete(id);
    await launches.run(() => removeSurely(engine, id));
    letGo(id);
  }

  function letGo(id: string): void {
    const slot = slotOf.get(id);
    if (slot === undefined) return;
    slotOf.delete(id);
    slots.release(slot);
  }

  return {
    async take(image = options.image()) {
      const ready = image === options.image() ? warm.shift() : undefined;
      const fresh = ready ?? (await make(image, "high"));
      fill();
      return fresh;
    },
    async create(spec) {
      names.add(spec.name);
      try {
        return await launches.run(() => engine.containers.create({ ...spec, instance, process: options.process }));
      } finally {
        names.delete(spec.name);
      }
    },
    remove,
    settle: (id) => void unclaimed.delete(id),
    adopt: (id, slot) => void slotOf.set(id, slot),
    knows: ({ id, name }) => unclaimed.has(id) || names.has(name),
    fill,
    forget() {
      generation++;
      for (const { id } of warm) {
        unclaimed.delete(id);
        letGo(id);
      }
      warm = [];
    },
    warm: () => warm.length,
    async close() {
      closed = true;
      const left = warm;
      warm = [];
      await Promise.allSettled(left.map(({ id }) => remove(id)));
      while (filling > 0) await new Promise((turn) => setTimeout(turn, 20));
    },
  };
}
