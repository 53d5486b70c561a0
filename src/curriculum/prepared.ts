import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";

/** What takes long to prepare from our own content, kept in files between starts. */
export interface Prepared {
  /** What was kept under a name; undefined when there is nothing, or it was made from other files. */
  read(name: string): unknown;
  /** Keeps plain data under a name. Throws where nothing can be written. */
  write(name: string, data: unknown): void;
}

const source = fileURLToPath(new URL("..", import.meta.url));

/** Beside Node's compile cache: it is filled by the same `--compile`, and a bot that may write nothing reads it. */
const folder = join(source, "../node_modules/.cache/bakehouse-content");

/** What was prepared from a content folder in just the state that it and the code that prepares have now. */
export function preparedFrom(content: string, kept = folder): Prepared {
  let state: Buffer | undefined;
  const now = () => {
    state ??= stateOf([content, join(source, "curriculum"), join(source, "answers")]);
    return state;
  };
  return {
    read(name) {
      try {
        const bytes = readFileSync(join(kept, `${name}.bin`));
        const made = bytes.subarray(0, now().length);
        return made.equals(now()) ? deserialize(bytes.subarray(made.length)) : undefined;
      } catch {
        // Not there, cut short, or of another Node.js: it is prepared anew.
        return undefined;
      }
    },
    write(name, data) {
      const path = join(kept, `${name}.bin`);
      const beside = `${path}.${randomUUID()}`;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(beside, Buffer.concat([now(), serialize(data)]));
      renameSync(beside, path);
    },
  };
}

/** A digest of the names, sizes and times of all files below the folders, and of the version that wrote. */
function stateOf(folders: readonly string[]): Buffer {
  const digest = createHash("sha256").update(process.versions.v8);
  for (const root of folders) {
    for (const name of (readdirSync(root, { recursive: true }) as string[]).sort()) {
      const { size, mtimeMs } = statSync(join(root, name));
      digest.update(`${name}\0${size}\0${mtimeMs}\n`);
    }
  }
  return digest.digest();
}
