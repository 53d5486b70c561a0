import type { IncomingMessage } from "node:http";
import type Docker from "dockerode";
import type { ContainerState, Containers, ImageSettings, Output } from "../engine.ts";
import { EngineError } from "../engine-error.ts";
import { createPayload, type HostPolicy } from "../policy.ts";
import { answerTime, ask } from "./errors.ts";
import { checkName, splitReference } from "./names.ts";
import { readOutput } from "./output.ts";
import { collect, dial } from "./request.ts";

/** A container may take this long (ms) to stop or to be removed. */
const slow = 2 * answerTime;

/** The container part of the engine. `policy` is asked at each create, since probes may tighten it. */
export function createContainers(docker: Docker, policy: () => HostPolicy): Containers {
  const of = (id: string) => docker.getContainer(checkName(id));
  return {
    async create(spec) {
      // The library's types lag behind the API (masked paths, cgroup namespace).
      const payload = createPayload(spec, policy()) as Docker.ContainerCreateOptions;
      return (await ask(docker.createContainer(payload))).id;
    },
    async start(id) {
      const starting: Promise<unknown> = of(id).start();
      await ask(starting.catch(unchanged));
    },
    async stop(id, seconds) {
      const stopping: Promise<unknown> = of(id).stop(seconds === undefined ? {} : { t: seconds });
      await ask(stopping.catch(unchanged), slow);
    },
    async kill(id, signal) {
      await ask<unknown>(of(id).kill(signal === undefined ? {} : { signal }));
    },
    restart: async (id, seconds) => void (await ask(of(id).restart(seconds === undefined ? {} : { t: seconds }), slow)),
    pause: async (id) => void (await ask(of(id).pause())),
    unpause: async (id) => void (await ask(of(id).unpause())),
    rename: async (id, name) => void (await ask(of(id).rename({ name }))),
    remove: async (id, { force = false } = {}) => void (await ask(of(id).remove({ force, v: true }), slow)),
    setMemory: async (id, bytes) => void (await ask(of(id).update({ Memory: bytes, MemorySwap: bytes }))),
    async inspect(id, { size = false } = {}) {
      // The library's types do not know this parameter.
      const raw = await ask(of(id).inspect({ ...(size && { size: true }) } as Docker.ContainerInspectOptions));
      return {
        id: raw.Id,
        name: raw.Name.replace(/^\//, ""),
        imageId: raw.Image,
        createdAt: moment(raw.Created),
        state: stateOf(raw.State),
        labels: raw.Config.Labels ?? {},
        ...(size && { sizeRw: (raw as { SizeRw?: number }).SizeRw ?? 0 }),
        raw: raw as unknown as Record<string, unknown>,
      };
    },
    async list({ all = true, size = false, labels = [], ids = [] } = {}) {
      const filters = { ...(labels.length && { label: labels }), ...(ids.length && { id: ids }) };
      const rows = await ask(docker.listContainers({ all, size, filters: JSON.stringify(filters) }));
      return rows.map((row) => {
        const sizes = row as { SizeRw?: number; SizeRootFs?: number };
        return {
          id: row.Id,
          name: row.Names?.[0]?.replace(/^\//, "") ?? "",
          image: row.Image,
          imageId: row.ImageID,
          command: row.Command,
          createdAt: row.Created * 1000,
          state: row.State as ContainerState["status"],
          status: row.Status,
          labels: row.Labels ?? {},
          ...(size && { sizeRw: sizes.SizeRw ?? 0, sizeRootFs: sizes.SizeRootFs ?? 0 }),
          raw: row as unknown as Record<string, unknown>,
        };
      });
    },
    async logs(id, { tail, timestamps = false, since, until, follow = false }, sink) {
      const options = {
        stdout: true,
        stderr: true,
        timestamps,
        ...(tail !== undefined && { tail }),
        ...(since !== undefined && { since: since / 1000 }),
        ...(until !== undefined && { until: until / 1000 }),
      };
      if (follow) return readOutput(await ask(of(id).logs({ ...options, follow: true })), sink);
      // Without `follow` the library would collect everything first; a stream can be stopped at a cap.
      return readOutput(await ask(dial(docker, "GET", `/containers/${checkName(id)}/logs?`, options)), sink);
    },
    async attach(id, sink, { stdin } = {}): Promise<Output> {
      const stream = await ask(
        of(id).attach({ stream: true, stdout: true, stderr: true, stdin: stdin !== undefined, hijack: true }),
      );
      if (stdin !== undefined) stream.end(stdin);
      return readOutput(stream, sink);
    },
    async changes(id) {
      const kinds = ["C", "A", "D"] as const;
      type Rows = { Kind: number; Path: string }[] | null;
      const rows = await readJson<Rows>(docker, `/containers/${checkName(id)}/changes?`, {});
      return (rows ?? []).map(({ Kind, Path }) => ({ kind: kinds[Kind] ?? "C", path: Path }));
    },
    async top(id, psArgs) {
      type Table = { Titles?: string[]; Processes?: string[][] };
      const query = psArgs === undefined ? {} : { ps_args: psArgs };
      const { Titles, Processes } = await readJson<Table>(docker, `/containers/${checkName(id)}/top?`, query);
      return { titles: Titles ?? [], rows: Processes ?? [] };
    },
    async processes(id) {
      const stats = await ask(of(id).stats({ stream: false, "one-shot": true }));
      return stats.pids_stats?.current ?? 0;
    },
    async wait(id, until = "not-running") {
      // It is there to wait, so it has no time limit; read as a stream, because the library would never notice a broken one.
      const stream = await ask(dial(docker, "POST", `/containers/${checkName(id)}/wait?`, { condition: until }));
      const answer = Buffer.from(await collect(stream, 64 * 1024)).toString();
      if (!answer.trim()) throw new EngineError("unreachable", "the engine ended the connection");
      return { code: (JSON.parse(answer) as { StatusCode: number }).StatusCode };
    },
    async commit(id, { reference, comment, author, settings }) {
      const [repo, tag] = splitReference(reference);
      const { Id } = await ask(
        of(id).commit({
          _query: query({ container: id, pause: "true", repo, tag, comment, author }),
          _body: settings ? configOf(settings) : {},
        }),
        slow,
      );
      return Id;
    },
    async stat(id, path) {
      const answer = (await ask(of(id).infoArchive({ path }))) as IncomingMessage;
      // The library hands this one over unread, though it has no body; until it is read its connection stays open and keeps the process.
      answer.resume();
      const written = answer.headers["x-docker-container-path-stat"]?.toString() ?? "";
      const stat = JSON.parse(Buffer.from(written, "base64").toString() || "{}") as {
        name?: string;
        size?: number;
        mode?: number;
        linkTarget?: string;
      };
      // Go's mode: the highest bit says "folder".
      return {
        name: stat.name ?? "",
        folder: ((stat.mode ?? 0) & 0x8000_0000) !== 0,
        size: stat.size ?? 0,
        ...(stat.linkTarget && { link: stat.linkTarget }),
      };
    },
    async copyIn(id, path, tar) {
      const body = tar instanceof Uint8Array ? Buffer.from(tar.buffer, tar.byteOffset, tar.byteLength) : tar;
      const broken = new AbortController();
      let why: unknown;
      if (!(body instanceof Uint8Array))
        body.once("error", (error) => {
          why = error;
          broken.abort();
        });
      try {
        const options = { path, noOverwriteDirNonDir: "true", abortSignal: broken.signal };
        await ask(of(id).putArchive(body, options), slow);
      } catch (error) {
        throw why ?? error;
      } finally {
        if (!(body instanceof Uint8Array)) body.destroy();
      }
    },
    async copyOut(id, path, most) {
      return collect(await this.streamOut(id, path), most);
    },
    streamOut: (id, path) => ask(of(id).getArchive({ path })),
  };
}

/** What learners fill themselves, such as the list of changed files, is read up to this size (bytes): reading more would hold everybody up. */
const mostJson = 1024 * 1024;

/** A JSON answer that learners can make long. Throws `too-large` past {@link mostJson}. */
async function readJson<T>(docker: Docker, path: string, query: Record<string, unknown>): Promise<T> {
  const stream = await ask(dial(docker, "GET", path, query));
  return JSON.parse(Buffer.from(await collect(stream, mostJson)).toString()) as T;
}

/** Starting what runs and stopping what is stopped is no error to the engine (304), but the library has it as one. */
function unchanged(error: { statusCode?: number }): void {
  if (error.statusCode !== 304) throw error;
}

function stateOf(state: Docker.ContainerInspectInfo["State"]): ContainerState {
  return {
    status: state.Status as ContainerState["status"],
    running: state.Running,
    oomKilled: state.OOMKilled,
    exitCode: state.ExitCode,
    error: state.Error,
    startedAt: moment(state.StartedAt),
    finishedAt: moment(state.FinishedAt),
  };
}

/** The engine writes "never" as the year 1. */
function moment(written: string): number {
  return Math.max(0, Date.parse(written) || 0);
}

function query(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

function configOf({
  env,
  cmd,
  entrypoint,
  user,
  workingDir,
  labels,
  exposedPorts,
}: ImageSettings): Record<string, unknown> {
  return {
    ...(env && { Env: env }),
    ...(cmd && { Cmd: cmd }),
    ...(entrypoint && { Entrypoint: entrypoint }),
    ...(user !== undefined && { User: user }),
    ...(workingDir && { WorkingDir: workingDir }),
    ...(labels && { Labels: labels }),
    ...(exposedPorts && { ExposedPorts: Object.fromEntries(exposedPorts.map((port) => [port, {}])) }),
  };
}
