import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { Agent as HttpAgent } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { Duplex } from "node:stream";
import type Docker from "dockerode";
import { Agent } from "../../core/node-http.ts";

/** Where an engine is, read from the same variables as the Docker CLI reads. */
export interface Endpoint {
  /** For people: `unix:///var/run/docker.sock`, without a user's name. */
  label: string;
  /** For the client library; its types leave out the agent, which it hands to `http.request`. */
  options: Docker.DockerOptions & { agent?: HttpAgent };
}

/**
 * Reads `DOCKER_HOST` (unix://, tcp://, ssh://), `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH`; without them the default socket.
 * Throws an Error that names the variable when it cannot be used.
 */
export function readEndpoint(environment: Record<string, string | undefined>): Endpoint {
  const host = environment.DOCKER_HOST?.trim() || `unix://${defaultSocket()}`;
  if (host.startsWith("unix://")) {
    const socketPath = host.slice("unix://".length) || defaultSocket();
    return { label: `unix://${socketPath}`, options: { socketPath } };
  }
  const url = parse(host);
  const name = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol === "ssh:") return overSsh(url, name);
  if (url.protocol !== "tcp:" && url.protocol !== "http:" && url.protocol !== "https:") throw unusable(host);
  const folder = environment.DOCKER_CERT_PATH || join(homedir(), ".docker");
  const secure = Boolean(environment.DOCKER_TLS_VERIFY) || url.protocol === "https:";
  const port = url.port || (secure ? "2376" : "2375");
  return {
    label: `tcp://${url.hostname}:${port}`,
    options: {
      host: name,
      port,
      protocol: secure ? "https" : "http",
      ...(secure && { ca: pem(folder, "ca"), cert: pem(folder, "cert"), key: pem(folder, "key") }),
    },
  };
}

function defaultSocket(): string {
  const own = join(homedir(), ".docker", "run", "docker.sock");
  return existsSync("/var/run/docker.sock") || !existsSync(own) ? "/var/run/docker.sock" : own;
}

function parse(host: string): URL {
  try {
    return new URL(host.includes("://") ? host : `tcp://${host}`);
  } catch {
    throw unusable(host);
  }
}

function unusable(host: string): Error {
  return new Error(
    `DOCKER_HOST is \`${host.replace(/\/\/[^/@]*@/, "//…@")}\`, which is none of unix:///path, tcp://host:2376 and ssh://user@host.`,
  );
}

function pem(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, `${name}.pem`), "utf8");
  } catch {
    throw new Error(
      `DOCKER_TLS_VERIFY is set, but ${join(folder, `${name}.pem`)} cannot be read. DOCKER_CERT_PATH names the folder.`,
    );
  }
}

/** The machine's own `ssh` with its keys and known hosts, as the Docker CLI does it: an unknown host key is refused. */
function overSsh(url: URL, host: string): Endpoint {
  const target = url.username ? `${decodeURIComponent(url.username)}@${host}` : host;
  if (!/^[\w.@:-]+$/.test(target) || target.startsWith("-")) throw unusable(url.href);
  const options = ["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15", ...(url.port ? ["-p", url.port] : [])];
  const agent = new Agent({ keepAlive: false });
  const dial = () => {
    const ssh = spawn("ssh", [...options, "--", target, "docker", "system", "dial-stdio"], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    const duplex = Duplex.from({ writable: ssh.stdin, readable: ssh.stdout });
    ssh.on("error", (error) => duplex.destroy(error));
    duplex.on("close", () => ssh.kill());
    return duplex;
  };
  Object.assign(agent, { createConnection: dial });
  return { label: `ssh://${host}`, options: { host: "docker", port: 80, protocol: "http", agent } };
}
