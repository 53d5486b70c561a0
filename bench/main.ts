/** `npm run bench` runs the quick measurements; `npm run bench -- growth` and the other names run one of the long ones. */
const benches: Record<string, () => Promise<() => Promise<void>>> = {
  start: async () => (await import("./start.ts")).benchStart,
  ask: async () => (await import("./ask.ts")).benchAsk,
};
const quick = ["start", "ask"];

const wanted = process.argv.slice(2);
for (const name of wanted.length ? wanted : quick) {
  const bench = await benches[name]?.();
  if (bench) await bench();
  else {
    console.error(`There is no measurement "${name}". There are: ${Object.keys(benches).join(", ")}.`);
    process.exitCode = 2;
  }
}
