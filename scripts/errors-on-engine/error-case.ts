/** An error that is made on purpose. */
export interface ErrorCase {
  /** The heading of the error of `content/errors/` as which its text must be recognised; several when versions tell it differently. */
  is: string | readonly string[];
  /** A script for `sh`; what its last line prints is the error. Whatever it makes is called `bakery-…`; `$BASE` is the image to use. */
  by: string;
  /** What else than an engine it needs. */
  needs?: "compose" | "buildkit" | "classic" | "dockerd" | "root";
}

/** Cases from lines: a heading, then the script that makes the error. */
export function cases(list: readonly (readonly [ErrorCase["is"], string])[], needs?: ErrorCase["needs"]): ErrorCase[] {
  return list.map(([is, by]) => ({ is, by, ...(needs && { needs }) }));
}
