import type { Reply } from "../core/reply.ts";

/** A reply as JSON; pictures travel as base64. */
export function encodeReply(reply: Reply): string {
  return JSON.stringify(reply, function (this: Record<string, unknown>, key, value) {
    // A Buffer would have turned itself into a list of numbers by now.
    const original = this[key];
    return original instanceof Uint8Array ? { $bytes: Buffer.from(original).toString("base64") } : value;
  });
}

/** Reads what {@link encodeReply} wrote. */
export function decodeReply(json: string): Reply {
  return JSON.parse(json, (_, value) =>
    typeof value?.$bytes === "string" ? new Uint8Array(Buffer.from(value.$bytes, "base64")) : value,
  );
}
