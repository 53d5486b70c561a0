import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Bakehouse } from "./app.ts";
import type { Metric } from "./core/checks/metric.ts";
import { type Health, type PlatformCheck, readHealth, startHealth } from "./health.ts";
import type { Tally } from "./tally.ts";

/** Opens `/healthz`, `/readyz` and `/metrics` for the host's own watchdog. Rejects with an Error for the host when the port is taken. */
export async function watchBakehouse(
  at: { port: number; host: string },
  { services, store, metrics }: Pick<Bakehouse, "services" | "store" | "metrics">,
  platforms: Readonly<Record<string, PlatformCheck>>,
  tally: Tally,
): Promise<Health> {
  const { sandboxes } = services;
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const health = await startHealth({
    ...at,
    checks: {
      store: async () => (await store.read.selectFrom("migration").select("name").limit(1).execute()).length > 0,
      ...(sandboxes && { docker: () => sandboxes.readiness().state === "ready" }),
    },
    platforms,
    metrics: [...tally.metrics, ...metrics, ...platformMetrics(platforms), ...processMetrics(delay)],
  });
  return {
    ...health,
    async stop() {
      delay.disable();
      await health.stop();
    },
  };
}

function platformMetrics(platforms: Readonly<Record<string, PlatformCheck>>): Metric[] {
  return [
    {
      name: "bakehouse_connected",
      help: "Whether the platform is connected: 1 or 0.",
      type: "gauge",
      read: () =>
        Promise.all(
          Object.entries(platforms).map(async ([platform, check]) => {
            const { state } = await readHealth(check);
            return { labels: { platform }, value: Number(state === "connected") };
          }),
        ),
    },
  ];
}

function processMetrics(delay: ReturnType<typeof monitorEventLoopDelay>): Metric[] {
  const seconds = (nanoseconds: number) => nanoseconds / 1e9;
  return [
    {
      name: "bakehouse_event_loop_delay_seconds",
      help: "How late timers fired since the last look.",
      type: "gauge",
      read() {
        const samples = [
          { labels: { quantile: "0.5" }, value: seconds(delay.percentile(50)) },
          { labels: { quantile: "0.99" }, value: seconds(delay.percentile(99)) },
          { labels: { quantile: "1" }, value: seconds(delay.max) },
        ];
        delay.reset();
        return samples;
      },
    },
    {
      name: "process_resident_memory_bytes",
      help: "Memory of the process.",
      type: "gauge",
      read: () => process.memoryUsage.rss(),
    },
    {
      name: "process_heap_bytes",
      help: "JavaScript memory in use.",
      type: "gauge",
      read: () => process.memoryUsage().heapUsed,
    },
    {
      name: "process_start_time_seconds",
      help: "When the process started, in seconds since the epoch.",
      type: "gauge",
      read: () => Math.round(Date.now() / 1000 - process.uptime()),
    },
  ];
}
