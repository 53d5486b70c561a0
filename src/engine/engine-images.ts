import type { EngineJson } from "./engine.ts";

export interface ImageSummary {
  id: string;
  references: string[];
  digests: string[];
  createdAt: number;
  size: number;
  labels: Record<string, string>;
  /** Containers made from it, -1 where the engine did not count. */
  containers: number;
  raw: EngineJson;
}

export interface ImageDetails {
  id: string;
  references: string[];
  digests: string[];
  parent: string;
  createdAt: number;
  size: number;
  labels: Record<string, string>;
  layers: string[];
  user: string;
  raw: EngineJson;
}

export interface ImageStep {
  id: string;
  createdAt: number;
  createdBy: string;
  size: number;
  comment: string;
  references: string[];
}

/** What removing an image did, in the engine's order. */
export interface ImageRemoval {
  untagged: string[];
  deleted: string[];
  steps: ({ untagged: string } | { deleted: string })[];
}

export interface BuildRequest {
  /** A tar archive with a Dockerfile. Never a learner's. */
  context: Uint8Array;
  reference: string;
  buildArgs?: Record<string, string>;
  labels?: Record<string, string>;
  /** Called with every line the builder prints. */
  onLine?(line: string): void;
  signal?: AbortSignal;
}

export interface Images {
  list(options?: {
    all?: boolean;
    labels?: string[];
    dangling?: boolean;
    reference?: string | string[];
  }): Promise<ImageSummary[]>;
  inspect(reference: string): Promise<ImageDetails>;
  history(reference: string): Promise<ImageStep[]>;
  tag(reference: string, repository: string, tag: string): Promise<void>;
  remove(reference: string, options?: { force?: boolean; keepParents?: boolean }): Promise<ImageRemoval>;
  /** Builds with the engine's classic builder. Resolves with the image's id. */
  build(request: BuildRequest): Promise<string>;
  /** Fetches an image by digest. */
  pull(reference: string, onLine?: (line: string) => void): Promise<void>;
}
