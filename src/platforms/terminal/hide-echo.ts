/** The parts of npm's environment that tell what it has printed. https://docs.npmjs.com/cli/using-npm/scripts#environment */
type Environment = Record<string, string | undefined>;

/**
 * What erases the command line that `npm start` printed above us, so that the first words on the screen are ours; empty where it printed none.
 * `columns`: the terminal's width. Only right as long as nothing else was printed since.
 */
export function eraseEcho(environment: Environment, columns: number): string {
  const { npm_lifecycle_event: event, npm_lifecycle_script: script, npm_config_loglevel: level } = environment;
  const { npm_package_name: name, npm_package_version: version, npm_config_user_agent: agent } = environment;
  if (!event || !script || !agent?.startsWith("npm/") || level === "silent") return "";
  const rows = (line: string) => Math.max(1, Math.ceil(line.length / Math.max(1, columns)));
  // A blank line, "> name@version event", "> script", a blank line.
  const printed = 1 + rows(`> ${name}@${version} ${event}`) + rows(`> ${script}`) + 1;
  // Row by row: a screen that is cleared from its top as a whole moves into the history of some terminals.
  return `${"\u001b[A\u001b[2K".repeat(printed)}\r`;
}
