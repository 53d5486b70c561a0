import type { WebClientOptions } from "@slack/web-api";
import { request } from "undici";
import { STATUS_CODES } from "../../../core/node-http.ts";

type Fetch = NonNullable<WebClientOptions["fetch"]>;

/**
 * `fetch` for plain texts, through undici's `request`, which needs about a third less time for each call; forms go through Node's own. A
 * redirect is handed back as it is.
 */
export const lightFetch: Fetch = async (url, init = {}) => {
  const { method = "GET", headers = {}, body = null, signal = null } = init;
  if (body !== null && typeof body !== "string") return fetch(url, init);
  const answer = await request(url, { method: method as "POST", headers, body, signal });
  // Read whether or not somebody wants it: an answer that nobody reads would keep its connection.
  const content = Buffer.from(await answer.body.arrayBuffer());
  const found = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const { statusCode: status } = answer;
  return {
    ...{ ok: status >= 200 && status < 300, status, statusText: STATUS_CODES[status] ?? "", url: String(url) },
    headers: {
      get: (wanted) => found.find(([name]) => name === wanted.toLowerCase())?.[1] ?? null,
      entries: () => found,
    },
    arrayBuffer: async () => new Uint8Array(content).buffer,
    json: async () => JSON.parse(content.toString()) as unknown,
    text: async () => content.toString(),
  };
};
