import { z } from "zod";

/** A setting that says where a platform's own service is. */
export const webAddress = z.url({
  protocol: /^https?$/,
  error: "it is an address that starts with http:// or https://",
});
