import type { Log } from "../core/log.ts";
import { type Block, code } from "../core/reply.ts";
import { drawLifecycle, lifecycleLines } from "./lifecycle.ts";
import { createRenderer, type Renderer } from "./render.ts";
import { type Drawing, drawStack } from "./stack.ts";
import type { StackFacts } from "./stack-facts.ts";
import { stackLines } from "./stack-words.ts";
import type { Theme } from "./svg.ts";

declare module "../core/context.ts" {
  interface Services {
    /** Draws. Absent where the program shows words only. */
    pictures?: Pictures;
  }
}

/** Facts as blocks of a reply: a picture with alt text, or the same facts in words where it cannot be drawn. Never rejects. */
export interface Pictures {
  stack(facts: StackFacts, theme?: Theme): Promise<Block[]>;
  /** The states of a container and the commands between them; `now` is marked. */
  lifecycle(now?: string, theme?: Theme): Promise<Block[]>;
  close(): Promise<void>;
}

export interface PictureParts {
  log?: Log;
  renderer?: Renderer;
}

/** Opens the pictures; nothing is loaded until the first one. */
export function createPictures({
  log,
  renderer = createRenderer({ ...(log && { log }) }),
}: PictureParts = {}): Pictures {
  /** The words need no font and no thread, so they are there whatever happens to the picture. */
  async function show(name: string, draw: () => Drawing, words: () => string[]): Promise<Block[]> {
    try {
      const { svg, alt } = draw();
      const png = await renderer.render(svg);
      if (png) return [{ kind: "picture", png, alt, name }];
    } catch (error) {
      log?.warn("a picture could not be drawn", { error });
    }
    return [code(words().join("\n"))];
  }
  return {
    stack: (facts, theme) =>
      show(
        "layers.png",
        () => drawStack(facts, theme),
        () => stackLines(facts),
      ),
    lifecycle: (now, theme) =>
      show(
        "lifecycle.png",
        () => drawLifecycle(now, theme),
        () => lifecycleLines(now),
      ),
    close: renderer.close,
  };
}
