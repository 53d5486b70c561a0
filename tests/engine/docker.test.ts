import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { readEndpoint } from "../../src/engine/docker/endpoint.ts";
import { createDocker } from "../../src/engine/docker.ts";
import { engineContract } from "../contracts/engine-contract.ts";
import { engine } from "../harness/engine.ts";

const socket = engine?.host.startsWith("unix://") ? engine.host.slice("unix://".length) : undefined;
const hasOpenssl = works("openssl", "version");

/** Passes every connection on to the engine's socket. */
function relayTo(path: string) {
  return (client: Socket) => {
    const server = connect({ path, allowHalfOpen: true });
    client.pipe(server).pipe(client);
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const one of [client, server]) one.on("error", end).on("close", end);
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return (server.address() as AddressInfo).port;
}

function works(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!engine)("Docker", () => {
  engineContract("at its socket", async () => ({ engine: createDocker(), async close() {} }));

  describe.skipIf(!socket)("through a relay", () => {
    engineContract("over TCP", async () => {
      const server = createServer({ allowHalfOpen: true }, relayTo(socket ?? ""));
      const port = await listen(server);
      return {
        engine: createDocker({ environment: { DOCKER_HOST: `tcp://127.0.0.1:${port}` } }),
        close: async () => void server.close(),
      };
    });

    describe.skipIf(!hasOpenssl)("with certificates", () => {
      engineContract("over TLS", async () => {
        const folder = makeCertificates();
        const pem = (name: string) => readFileSync(join(folder, `${name}.pem`));
        const options = {
          ca: pem("ca"),
          cert: pem("server"),
          key: pem("server-key"),
          requestCert: true,
          allowHalfOpen: true,
        };
        const server = createTlsServer({ ...options, rejectUnauthorized: true }, relayTo(socket ?? ""));
        const port = await listen(server);
        const environment = {
          DOCKER_HOST: `tcp://localhost:${port}`,
          DOCKER_TLS_VERIFY: "1",
          DOCKER_CERT_PATH: folder,
        };
        return {
          engine: createDocker({ environment }),
          async close() {
            server.close();
            rmSync(folder, { recursive: true });
          },
        };
      });
    });

    engineContract("over ssh", async () => {
      // A stand-in for the machine's ssh that checks what it is asked and stays on this machine.
      const folder = mkdtempSync(join(tmpdir(), "bakehouse-ssh-"));
      const script = `#!/bin/sh\ncase "$*" in *"-- baker@oven docker system dial-stdio") exec env DOCKER_HOST=unix://${socket} docker system dial-stdio;; esac\nexit 255\n`;
      writeFileSync(join(folder, "ssh"), script);
      chmodSync(join(folder, "ssh"), 0o755);
      const path = process.env.PATH;
      process.env.PATH = `${folder}:${path}`;
      return {
        engine: createDocker({ environment: { DOCKER_HOST: "ssh://baker@oven" } }),
        async close() {
          process.env.PATH = path;
          rmSync(folder, { recursive: true });
        },
      };
    });
  });
});

function makeCertificates(): string {
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-tls-"));
  const openssl = (line: string) => execFileSync("openssl", line.split(" "), { cwd: folder, stdio: "ignore" });
  openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -days 2 -subj /CN=test-ca");
  for (const name of ["server", "client"]) {
    openssl(`req -newkey rsa:2048 -nodes -keyout ${name}-key.pem -out ${name}.csr -subj /CN=localhost`);
    writeFileSync(join(folder, "names"), "subjectAltName=DNS:localhost,IP:127.0.0.1");
    openssl(
      `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out ${name}.pem -days 2 -extfile names`,
    );
  }
  writeFileSync(join(folder, "cert.pem"), readFileSync(join(folder, "client.pem")));
  writeFileSync(join(folder, "key.pem"), readFileSync(join(folder, "client-key.pem")));
  return folder;
}

describe("the engine's address", () => {
  test("is read as the Docker CLI reads it", () => {
    expect(readEndpoint({}).label).toMatch(/^unix:\/\/.*docker\.sock$/);
    expect(readEndpoint({ DOCKER_HOST: "unix:///run/x.sock" }).options).toEqual({ socketPath: "/run/x.sock" });
    expect(readEndpoint({ DOCKER_HOST: "tcp://oven:2375" }).options).toMatchObject({
      ...{ host: "oven", port: "2375", protocol: "http" },
    });
    expect(readEndpoint({ DOCKER_HOST: "ssh://baker@oven:2222" }).label).toBe("ssh://oven");
  });

  test("that cannot be used is refused in words, without a password in them", () => {
    expect(() => readEndpoint({ DOCKER_HOST: "gopher://x" })).toThrow(/DOCKER_HOST is `gopher:\/\/x`/);
    expect(() => readEndpoint({ DOCKER_HOST: "gopher://me:secret@x" })).not.toThrow(/secret/);
    expect(() => readEndpoint({ DOCKER_HOST: "ssh://-oProxyCommand=x" })).toThrow(/none of/);
    expect(() =>
      readEndpoint({ DOCKER_HOST: "tcp://oven", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/nowhere" }),
    ).toThrow(/DOCKER_CERT_PATH/);
  });

  test("where nobody answers makes an error that says so", async () => {
    const nobody = createDocker({ environment: { DOCKER_HOST: "unix:///nowhere/docker.sock" } });
    await expect(nobody.system.ping()).rejects.toMatchObject({ kind: "unreachable" });
  });
});
