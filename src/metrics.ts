import type { Metric } from "./core/checks/metric.ts";

/** The metrics in Prometheus's text format; one that cannot be read now is left out. https://prometheus.io/docs/instrumenting/exposition_formats/ */
export async function writeMetrics(metrics: readonly Metric[]): Promise<string> {
  const written = await Promise.all(
    metrics.map(async ({ name, help, type, read }) => {
      try {
        const found = await read();
        const samples = typeof found === "number" ? [{ labels: {}, value: found }] : found;
        const lines = samples.map(({ labels, value }) => `${name}${writeLabels(labels)} ${value}`);
        return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
      } catch {
        return "";
      }
    }),
  );
  return written.join("");
}

function writeLabels(labels: Record<string, string>): string {
  const escaped = (value: string) => value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}
