import type { Reply } from "../../core/reply.ts";
import { type Drawing, render } from "./render.ts";

const drawn = new WeakMap<Reply, Drawing>();

/** The drawing of a reply for a new message; the same reply is drawn once. An edit needs a drawing whose blocks have ids of their own. */
export function drawNew(reply: Reply): Drawing {
  const drawing = drawn.get(reply) ?? render(reply);
  drawn.set(reply, drawing);
  return drawing;
}
