import { closeSync, fsyncSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

const { source, target } = workerData as { source: string; target: string };
try {
  const database = new DatabaseSync(source, { readOnly: true, timeout: 5000 });
  database.prepare("vacuum into ?").run(target);
  database.close();
  const copy = new DatabaseSync(target, { readOnly: true });
  const verdict = copy.prepare("pragma quick_check").get();
  copy.close();
  if (verdict?.quick_check !== "ok") throw new Error("the copy did not pass SQLite's own check");
  const file = openSync(target, "r");
  fsyncSync(file);
  closeSync(file);
  parentPort?.postMessage({});
} catch (error) {
  parentPort?.postMessage({ problem: (error as Error).message });
}
