import { Readable } from "node:stream";
import type Docker from "dockerode";
import { EngineError } from "../engine-error.ts";
import type { Images } from "../engine-images.ts";
import { answerTime, ask } from "./errors.ts";
import { checkReference } from "./names.ts";
import { eachJson } from "./request.ts";

interface BuildLine {
  stream?: string;
  status?: string;
  error?: string;
  aux?: { ID?: string };
}

/** The image part of the engine. */
export function createImages(docker: Docker): Images {
  const of = (reference: string) => docker.getImage(checkReference(reference));
  return {
    async list({ all = false, labels = [], dangling, reference } = {}) {
      const filters = {
        ...(labels.length && { label: labels }),
        ...(dangling !== undefined && { dangling: [String(dangling)] }),
        ...(reference && { reference: [reference].flat() }),
      };
      const rows = await ask(docker.listImages({ all, filters: JSON.stringify(filters) }));
      return rows.map((row) => ({
        id: row.Id,
        references: (row.RepoTags ?? []).filter((one) => one !== "<none>:<none>"),
        digests: (row.RepoDigests ?? []).filter((one) => one !== "<none>@<none>"),
        createdAt: row.Created * 1000,
        size: row.Size,
        labels: row.Labels ?? {},
        containers: row.Containers,
        raw: row as unknown as Record<string, unknown>,
      }));
    },
    async inspect(reference) {
      const raw = await ask(of(reference).inspect());
      return {
        id: raw.Id,
        references: raw.RepoTags ?? [],
        digests: raw.RepoDigests ?? [],
        parent: raw.Parent ?? "",
        createdAt: Date.parse(raw.Created) || 0,
        size: raw.Size,
        labels: raw.Config?.Labels ?? {},
        layers: raw.RootFS.Layers ?? [],
        user: raw.Config?.User ?? "",
        raw: raw as unknown as Record<string, unknown>,
      };
    },
    async history(reference) {
      const rows: HistoryRow[] = await ask(of(reference).history());
      return rows.map((row) => ({
        id: row.Id,
        createdAt: row.Created * 1000,
        createdBy: row.CreatedBy,
        size: row.Size,
        comment: row.Comment,
        references: row.Tags ?? [],
      }));
    },
    tag: async (reference, repo, tag) => void (await ask(of(reference).tag({ repo, tag }))),
    async remove(reference, { force = false, keepParents = false } = {}) {
      const rows: { Untagged?: string; Deleted?: string }[] = await ask(
        of(reference).remove({ force, noprune: keepParents }),
        2 * answerTime,
      );
      const steps = rows.map(({ Untagged = "", Deleted = "" }) =>
        Untagged ? { untagged: Untagged } : { deleted: Deleted },
      );
      return {
        untagged: steps.flatMap((step) => ("untagged" in step ? [step.untagged] : [])),
        deleted: steps.flatMap((step) => ("deleted" in step ? [step.deleted] : [])),
        steps,
      };
    },
    async build({ context, reference, buildArgs, labels, onLine, signal }) {
      const stream = await ask(
        docker.buildImage(Readable.from([Buffer.from(context)]), {
          t: reference,
          rm: true,
          forcerm: true,
          networkmode: "none",
          ...(buildArgs && { buildargs: buildArgs }),
          ...(labels && { labels }),
          ...(signal && { abortSignal: signal }),
        }),
        10 * answerTime,
      );
      let id = "";
      await eachJson<BuildLine>(stream, ({ stream: said, status, error, aux }) => {
        if (error !== undefined) throw new EngineError("failed", error);
        if (aux?.ID) id = aux.ID;
        for (const line of (said ?? status ?? "").split("\n")) if (line.trim()) onLine?.(line);
      });
      return id || (await ask(of(reference).inspect())).Id;
    },
    async pull(reference, onLine) {
      const stream: NodeJS.ReadableStream = await ask(docker.pull(checkReference(reference), {}), 10 * answerTime);
      await eachJson<BuildLine>(stream, ({ status, error }) => {
        if (error !== undefined) throw new EngineError("failed", error);
        if (status) onLine?.(status);
      });
    },
  };
}

interface HistoryRow {
  Id: string;
  Created: number;
  CreatedBy: string;
  Size: number;
  Comment: string;
  Tags: string[] | null;
}
