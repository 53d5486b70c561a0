/** Node's HTTP module. Imported as an ES module it would load Node's `fetch` with all that belongs to it, also in the terminal, which fetches nothing. */
export const { Agent, createServer, STATUS_CODES } = process.getBuiltinModule("node:http");
