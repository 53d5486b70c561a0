import { readFileSync, rmSync } from "node:fs";
import type { Interface } from "node:readline";
import { writePrivate } from "../../core/private-file.ts";
import { limits } from "./limits.ts";

/** The lines somebody typed, kept from one session to the next in a file that only its owner may read. */
export interface History {
  /** The lines, newest first. */
  read(): string[];
  /** Keeps what is typed from now on. */
  follow(typing: Interface): void;
  /** Deletes the file, and what the arrow keys remember. */
  forget(): void;
}

/** A history in the file `path`. A disk that takes nothing costs the history and nothing else. */
export function createHistory(path: string): History {
  let following: Interface | undefined;
  const tidy = (line: string) => line.replace(/\s+/g, " ").slice(0, limits.historyLine);
  return {
    read() {
      try {
        return readFileSync(path, "utf8").split("\n").filter(Boolean).reverse().slice(0, limits.history);
      } catch {
        return [];
      }
    },
    follow(typing) {
      following = typing;
      typing.on("history", (lines) => {
        const kept = lines.slice(0, limits.history).map(tidy).reverse();
        try {
          writePrivate(path, kept.length ? `${kept.join("\n")}\n` : "");
        } catch {
          // It is a convenience.
        }
      });
    },
    forget() {
      rmSync(path, { force: true });
      if (following) Object.assign(following, { history: [], historyIndex: -1 });
    },
  };
}
