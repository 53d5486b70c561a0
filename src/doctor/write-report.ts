import type { Finding } from "../core/checks/finding.ts";

const words = { ok: "ok  ", warn: "WARN", fail: "FAIL" } as const;

/** The findings for people: one line each, and below a problem what it means and how to mend it. */
export function writeReport(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap((finding) => {
    const head = `${words[finding.state]}  ${finding.name.padEnd(width)}  ${finding.found}`;
    const indent = " ".repeat(width + 8);
    return finding.state === "ok"
      ? [head]
      : [head, `${indent}${finding.means}`, `${indent}To mend it: ${finding.mend}`];
  });
  return `${lines.join("\n")}\n\n${summarise(findings)}`;
}

function summarise(findings: readonly Finding[]): string {
  const count = (state: Finding["state"]) => findings.filter((one) => one.state === state).length;
  const [failed, warned] = [count("fail"), count("warn")];
  const warnings = warned ? `, ${warned} that ${warned === 1 ? "works" : "work"} at a price` : "";
  return failed ? `${failed} to mend${warnings}.` : `Nothing to mend${warnings}.`;
}
