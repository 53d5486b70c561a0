import { readReference } from "../../engine/names.ts";

/** What is wrong with a list of allowed images, all of it at once. */
export class AllowedImagesError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join("; "));
    this.name = "AllowedImagesError";
  }
}

/** Names that mean something else already. */
const reserved = ["cake", "scratch", "sandbox"];

/**
 * Reads `name=repository@sha256:…` pairs with commas between: the names that learners use, and the exact images they stand for. A tag beside
 * the digest is left out, since the digest says it all. Throws {@link AllowedImagesError}; its text counts the images and repeats none.
 */
export function readAllowedImages(written: string): Record<string, string> {
  const problems: string[] = [];
  const images: Record<string, string> = {};
  const pairs = written.split(",").map((pair) => pair.trim());
  for (const [index, pair] of pairs.entries()) {
    if (!pair) continue;
    const wrong = (what: string) => problems.push(`image ${index + 1} ${what}`);
    const [, name = "", reference = ""] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    const [, named = "", digest] = /^([^@]*)(?:@(.*))?$/s.exec(reference.trim()) ?? [];
    if (!/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name.trim()) || name.trim().length > 40)
      wrong("needs a name before =, of small letters and digits with . _ or - between");
    else if (reserved.includes(name.trim())) wrong("has a name that is taken: cake, scratch and sandbox are");
    else if (Object.hasOwn(images, name.trim())) wrong("has the same name as one before it");
    if (digest === undefined) wrong("has no digest: write repository@sha256:… so that it is always the same image");
    else if (!/^sha256:[0-9a-f]{64}$/.test(digest)) wrong("has no whole digest: sha256: and 64 digits from 0 to f");
    const repository = repositoryOf(named);
    if (repository === undefined) wrong("has no image name that Docker would take after =");
    else images[name.trim()] = `${repository}@${digest}`;
  }
  if (problems.length) throw new AllowedImagesError(problems);
  return images;
}

function repositoryOf(typed: string): string | undefined {
  try {
    return readReference(typed).repository;
  } catch {
    return undefined;
  }
}
