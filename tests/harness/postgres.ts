import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";

/** A PostgreSQL server of this test run's own, on 127.0.0.1, with fsync on. */
export interface TestPostgres {
  /** The address of the server's own database. */
  address: string;
  /** The address of a fresh, empty database. */
  database(): Promise<string>;
  /** Ends the server the way a power cut would (SIGKILL to all of it) and starts it again on the same port and data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of Debian's server programs, newest first; undefined where the package is not installed. */
export function postgresPrograms(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, "bin")).find((folder) => existsSync(join(folder, "postgres")));
}

/**
 * Whether tests on PostgreSQL run here. Says so loudly when not; with REQUIRE_POSTGRES=1 a missing server is an error.
 */
export function hasPostgres(): boolean {
  if (postgresPrograms()) return true;
  if (process.env.REQUIRE_POSTGRES === "1") {
    throw new Error("REQUIRE_POSTGRES=1, but no PostgreSQL server is installed (Debian: apt-get install postgresql)");
  }
  console.warn(
    "SKIPPED: no PostgreSQL server is installed, so nothing is tested on it (Debian: apt-get install postgresql)",
  );
  return false;
}

/** The server of the whole test run where vitest's global set-up has started one, else one of this file's own. */
export async function openPostgresForRun(): Promise<Pick<TestPostgres, "database" | "stop">> {
  const shared = process.env[sharedServer];
  return shared ? { database: () => makeDatabase(shared), stop: async () => {} } : startPostgres();
}

/** Vitest's global set-up: one server for all test files. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (!hasPostgres()) return undefined;
  const server = await startPostgres();
  process.env[sharedServer] = server.address;
  return server.stop;
}

const sharedServer = "BAKEHOUSE_TEST_POSTGRES";

/** Makes an empty database on the server at `address` and returns its address. */
async function makeDatabase(address: string): Promise<string> {
  const url = new URL(address);
  url.pathname = `t${randomBytes(6).toString("hex")}`;
  await ask(address, `create database ${url.pathname.slice(1)}`);
  return url.href;
}

/** Makes a data folder, starts a server on it, with `more` settings, and waits until it answers. */
export async function startPostgres(more: Record<string, string> = {}): Promise<TestPostgres> {
  const programs = postgresPrograms();
  if (!programs) throw new Error("PostgreSQL is not installed");
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-postgres-"));
  const data = join(folder, "data");
  const user = serverUser();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
  chmodSync(folder, 0o700);
  const password = randomBytes(12).toString("hex");
  const secret = join(folder, "password");
  writeFileSync(secret, password, { mode: 0o644 });
  execFileSync(
    join(programs, "initdb"),
    ["-D", data, "-U", "baker", "-A", "scram-sha-256", `--pwfile=${secret}`, "-E", "UTF8", "--locale=C.UTF-8"],
    { ...user, cwd: folder, stdio: "pipe" },
  );
  const port = await freePort();
  const address = `postgres://baker:${password}@127.0.0.1:${port}/postgres`;
  let server = await run();

  async function run() {
    const settings = {
      listen_addresses: "127.0.0.1",
      port,
      unix_socket_directories: folder,
      fsync: "on",
      max_connections: 60,
      ...more,
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const begin = () =>
      spawn(join(programs ?? "", "postgres"), ["-D", data, ...flags], { ...user, cwd: folder, stdio: "ignore" });
    let child = begin();
    process.once("exit", killAll);
    for (let tries = 0; ; tries++) {
      try {
        await ask(address, "select 1");
        return child;
      } catch (error) {
        if (tries > 300) throw error;
        await sleep(100);
        // A new server refuses to start while a process of a killed one still holds its memory.
        if (hasEnded(child)) child = begin();
      }
    }
  }

  function killAll() {
    const pid = readPid();
    const children = pid ? readChildren(pid) : [];
    for (const one of [pid, ...children]) if (one) kill(one);
  }

  function readPid(): number | undefined {
    const file = join(data, "postmaster.pid");
    return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : undefined;
  }

  return {
    address,
    database: () => makeDatabase(address),
    async crash() {
      const ended = endOf(server);
      killAll();
      await ended;
      server = await run();
    },
    async stop() {
      const ended = endOf(server);
      server.kill("SIGINT");
      await ended;
      process.off("exit", killAll);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

const endOf = async (child: ChildProcess) => hasEnded(child) || once(child, "exit");

/** PostgreSQL refuses to run as root; Debian's package has made a user for it. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function readChildren(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return list.trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function kill(pid: number) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {}
}

async function ask(address: string, query: string) {
  const client = new Client({ connectionString: address });
  client.on("error", () => {});
  try {
    await client.connect();
    return await client.query(query);
  } finally {
    await client.end().catch(() => {});
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (!address || typeof address === "string") throw new Error("no free port");
  return address.port;
}
