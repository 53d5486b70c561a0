/** `npm run bench` runs the quick measurements; `npm run bench -- growth` and the other names run one of the long ones. */
const benches: Record<string, () => Promise<() => Promise<void>>> = {
  start: async () => (await import("./start.ts")).benchStart,
  ask: async () => (await import("./ask.ts")).benchAsk,
  store: async () => (await import("./store.ts")).benchStore,
  load: async () => (await import("./load.ts")).benchLoad,
  crash: async () => (await import("./crash.ts")).benchCrash,
  growth: async () => (await import("./growth.ts")).benchGrowth,
  sandbox: async () => (await import("./sandbox.ts")).benchSandbox,
  reload: async () => (await import("./reload.ts")).benchReload,
  platforms: async () => (await import("./platforms.ts")).benchPlatforms,
};
const quick = ["start", "ask", "load"];

const wanted = process.argv.slice(2);
for (const name of wanted.length ? wanted : quick) {
  const bench = await benches[name]?.();
  if (bench) await bench();
  else {
    console.error(`There is no measurement "${name}". There are: ${Object.keys(benches).join(", ")}.`);
    process.exitCode = 2;
  }
}
