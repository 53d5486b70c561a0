import { CompiledQuery, type Kysely, type RootOperationNode } from "kysely";
import type { Store, Tables } from "../../src/store/store.ts";

/** The plans of every query that `work` sends through the database handle it is given, as text. */
export async function plansOf(store: Store, work: (db: Kysely<Tables>) => Promise<unknown>): Promise<string[]> {
  const seen: {
    node: RootOperationNode;
    id: Parameters<ReturnType<Kysely<Tables>["getExecutor"]>["compileQuery"]>[1];
  }[] = [];
  const watched = store.read.withPlugin({
    transformQuery({ node, queryId }) {
      seen.push({ node, id: queryId });
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await work(watched);
  const plans: string[] = [];
  for (const { node, id } of seen) {
    const query = store.read.getExecutor().compileQuery(node, id);
    const prefix = store.kind === "postgres" ? "explain " : "explain query plan ";
    const { rows } = await store.read.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(prefix + query.sql, [...query.parameters]),
    );
    plans.push(rows.map((row) => String(row["QUERY PLAN"] ?? row.detail)).join("\n"));
  }
  return plans;
}

/** The plans that read a whole table; tiny fixed inputs (a list of values, a subquery's result) do not count. */
export function scans(plans: readonly string[]): string[] {
  return plans.filter(
    (plan) =>
      /Seq Scan/.test(plan) ||
      /^(?:SCAN (?!CONSTANT|\(subquery|above|people)(?!.*USING (?:COVERING )?INDEX).*)$/m.test(plan),
  );
}
