/** One thing that is wrong with a content file. */
export interface Problem {
  /** The file as people name it, for example `content/questions/layers-07.md`. */
  file: string;
  /** 1-based. */
  line: number;
  message: string;
}

/** Notes a problem of the file at hand; `line` is 1-based. */
export type Report = (line: number, message: string) => void;

/** The text of all problems, one `file:line: message` a line, in the order of the files. */
export function formatProblems(problems: readonly Problem[]): string {
  return [...problems]
    .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
    .map(({ file, line, message }) => `${file}:${line}: ${message}`)
    .join("\n");
}

/** Content that was refused. Its message lists every problem with file and line. */
export class CurriculumError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.name = "CurriculumError";
    this.problems = problems;
  }
}
