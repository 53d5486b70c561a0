/** What a picture of layers tells. Made from what the engine says, see `gatherStacks`. */
export interface StackFacts {
  image: {
    name: string;
    /** The short id: 12 hexadecimal digits. */
    id: string;
    /** The layers with files, oldest first. */
    layers: LayerFacts[];
  };
  containers: ContainerFacts[];
}

export interface LayerFacts {
  /** Bytes. */
  size: number;
  /** The step that made it, in words, for example `COPY recipe to /cake/recipe`. */
  madeBy: string;
}

/** A container and what is in its writable layer. */
export interface ContainerFacts {
  name: string;
  /** As Docker calls it: `running`, `exited`, … */
  state: string;
  added: string[];
  changed: string[];
  deleted: string[];
}

/** Bytes as Docker prints them: `261B`, `1.98MB`. */
export function sizeWords(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${Number(size.toPrecision(3))}${units[unit]}`;
}

/** `1 layer`, `4 layers`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
