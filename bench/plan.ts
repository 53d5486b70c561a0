import { CompiledQuery } from "kysely";
import type { Store } from "../src/store/store.ts";

/** How an engine means to answer a query. */
export interface Plan {
  /** Index names, in the order of their use. */
  indexes: string[];
  /** Tables that are read from end to end, and indexes likewise; those that hold only what waits stay small and are left out. */
  scans: string[];
  /** Pages of 8 KiB it touched when it ran; PostgreSQL only, and only when it was asked to run. */
  buffers?: number;
  /** Every table was answered from an index alone. */
  indexOnly: boolean;
}

const waitingOnly = ["timer_due", "outbox_waiting", "round_live"];

/** Asks the engine for its plan of a query. `run`: PostgreSQL runs it as well, to count pages; for reads only. */
export async function planOf(store: Store, query: CompiledQuery, run = false): Promise<Plan> {
  const explain =
    store.kind === "sqlite" ? "explain query plan" : `explain (${run ? "analyze, buffers, " : ""}format json)`;
  const { rows } = await store.read.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(`${explain} ${query.sql}`, [...query.parameters]),
  );
  if (store.kind === "sqlite") return readSqlite(rows.map(({ detail }) => String(detail)));
  const [explained] = (rows[0]?.["QUERY PLAN"] ?? []) as { Plan: Node }[];
  if (!explained) throw new Error("PostgreSQL did not explain the query");
  return readPostgres(explained.Plan);
}

/** https://www.sqlite.org/eqp.html: SEARCH goes into an index, SCAN reads a table or index from end to end. */
function readSqlite(lines: string[]): Plan {
  const plan: Plan = { indexes: [], scans: [], indexOnly: true };
  const subqueries = lines.map((line) => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(line)?.[1]);
  for (const line of lines) {
    const used = /^(SEARCH|SCAN) (\S+)(?: USING (COVERING )?INDEX (\S+))?/.exec(line);
    if (!used || /^SCAN (CONSTANT|\()/.test(line)) continue;
    const [, verb, table = "", covering, index] = used;
    if (subqueries.includes(table)) continue;
    if (index) plan.indexes.push(index);
    if (verb === "SCAN" && !waitingOnly.includes(index ?? "")) plan.scans.push(index ?? table);
    if (!covering) plan.indexOnly = false;
  }
  return plan;
}

interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  "Shared Hit Blocks"?: number;
  "Shared Read Blocks"?: number;
  Plans?: Node[];
}

function readPostgres(root: Node): Plan {
  const plan: Plan = { indexes: [], scans: [], indexOnly: true };
  const visit = (node: Node) => {
    const type = node["Node Type"];
    const index = node["Index Name"];
    if (index) plan.indexes.push(index);
    if (type === "Seq Scan") plan.scans.push(node["Relation Name"] ?? type);
    if (index && !node["Index Cond"] && !waitingOnly.includes(index)) plan.scans.push(index);
    if (node["Relation Name"] && type !== "Index Only Scan") plan.indexOnly = false;
    node.Plans?.forEach(visit);
  };
  visit(root);
  const pages = (root["Shared Hit Blocks"] ?? Number.NaN) + (root["Shared Read Blocks"] ?? Number.NaN);
  return Number.isNaN(pages) ? plan : { ...plan, buffers: pages };
}
