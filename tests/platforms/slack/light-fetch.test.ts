import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { lightFetch } from "../../../src/platforms/slack/transport/light-fetch.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server that answers as told; resolves with its address and the sockets it has seen. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const sockets = new Set<unknown>();
  const server = createServer(answer).on("connection", (socket) => sockets.add(socket));
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, sockets };
}

describe("the light fetch", () => {
  it("sends and reads what Node's own does", async () => {
    const { url } = await serve(async (request, response) => {
      const body = await textOf(request);
      response.writeHead(201, { "content-type": "application/json", "x-oauth-scopes": "chat:write,commands" });
      response.end(
        JSON.stringify({ method: request.method, type: request.headers["content-type"], body, sign: "é🧁" }),
      );
    });
    const init = { method: "POST", headers: { "Content-Type": "text/plain" }, body: "Zoë 🧁" };
    const read = async (way: typeof lightFetch) => {
      const answer = await way(url, init);
      const { ok, status, statusText } = answer;
      const headers = ["Content-Type", "x-oauth-scopes", "none"].map((name) => answer.headers.get(name));
      return { ok, status, statusText, url: answer.url, headers, text: await answer.text() };
    };
    expect(await read(lightFetch)).toEqual(await read(fetch));
    const whole = await lightFetch(url, init);
    expect(await whole.json()).toMatchObject({ method: "POST", body: "Zoë 🧁", sign: "é🧁" });
    expect(new TextDecoder().decode(await whole.arrayBuffer())).toContain("é🧁");
    expect([...whole.headers.entries()]).toContainEqual(["x-oauth-scopes", "chat:write,commands"]);
  });

  it("keeps its connections, also when nobody reads the answers", async () => {
    const { url, sockets } = await serve((_request, response) => {
      response.writeHead(429, { "retry-after": "1" }).end("x".repeat(100_000));
    });
    for (let time = 0; time < 20; time++)
      expect((await lightFetch(url, { method: "POST", body: "a" })).status).toBe(429);
    // The next one may begin a moment before the last one has let go.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it("sends forms, hands back redirects, and ends with its signal", async () => {
    const { url } = await serve(async (request, response) => {
      const { "content-type": type = "" } = request.headers;
      if (request.url === "/api/never") return;
      if (request.url === "/api/away") return void response.writeHead(302, { location: "/api" }).end();
      response.end(`${type.split(";")[0]} ${(await textOf(request)).includes("cake.txt")}`);
    });
    const form = new FormData();
    form.append("file", new Blob(["flour"]), "cake.txt");
    expect(await (await lightFetch(url, { method: "POST", body: form })).text()).toBe("multipart/form-data true");
    expect(await lightFetch(`${url}/away`, { method: "POST", redirect: "error", body: "" })).toMatchObject({
      ...{ ok: false, status: 302 },
    });
    await expect(lightFetch(`${url}/never`, { signal: AbortSignal.timeout(50) })).rejects.toThrow("timeout");
    await expect(lightFetch("http://127.0.0.1:1/", {})).rejects.toThrow();
  });
});
