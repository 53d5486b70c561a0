/** What can stand at a placeholder of an error text, by its name: bounded classes, so that matching stays linear. */
export const errorValues = {
  /** A container's name or id. */
  container: "/?[a-z0-9][\\w.-]{0,127}",
  image: "[a-z0-9][\\w./:@-]{0,200}",
  volume: "[a-z0-9][\\w.-]{0,127}",
  network: "[a-z0-9][\\w.-]{0,127}",
  service: "[a-z0-9][\\w.-]{0,80}",
  /** A port of the host. */
  port: "\\d{1,5}",
  /** A port inside of a container. */
  inside: "\\d{1,5}",
  /** An exit code. */
  code: "\\d{1,3}",
  number: "[\\d.]{1,14}",
  id: "[0-9a-f]{6,64}",
  /** A host's name or address. */
  host: "[a-z0-9_[][\\w.:[\\]-]{0,120}",
  path: '[^\\s",;<>|]{1,200}',
  /** A path that may hold blanks, between quotation marks. */
  words: '[^"]{1,160}',
  program: '[^\\s",:;<>|]{1,120}',
  package: "[@a-z0-9][\\w@./+~=<>-]{0,120}",
  user: "[a-z_][\\w.-]{0,60}",
  variable: "[a-z_]\\w{0,80}",
  flag: "-{1,2}[a-z][\\w-]{0,40}|-[a-z]",
  word: '[^\\s"]{1,160}',
  version: "v?\\d[\\w.+-]{0,40}",
  platform: "[a-z]+/[a-z0-9]+(?:/v\\d)?",
  /** The line that tells most; never a hole of a pattern. */
  line: '[^"]{1,180}',
  url: 'https?://[^\\s"<>]{1,200}',
} as const;

/** The name of a value that an error text gives away. */
export type ErrorValue = keyof typeof errorValues;

/** What an error text told of the learner's own things. */
export type ErrorValues = Partial<Record<ErrorValue, string>>;

/** Whether a placeholder of this name is known. */
export function isErrorValue(name: string): name is ErrorValue {
  return Object.hasOwn(errorValues, name);
}
