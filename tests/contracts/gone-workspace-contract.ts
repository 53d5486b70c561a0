import { sql } from "kysely";
import { expect, it } from "vitest";
import { parts } from "../../src/parts.ts";
import { forgetWorkspace, goneWorkspace } from "../../src/store/gone-workspace.ts";
import { forgettingOf } from "../../src/store/part.ts";
import type { Store } from "../../src/store/store.ts";
import { createOpener, type FreshPlace } from "../store/places.ts";

/** Tables that hold nothing of any workspace. */
const general = ["lease", "migration", "sandbox_host"];

/** What stands in the columns of a table's rows for the workspace `id` and its member `U1`; other texts name the workspace, numbers are 1. */
function rowsOf(table: string, platform: string, id: string): Record<string, string>[] {
  const workspace = `${platform}:${id}`;
  const person = platform === "discord" ? `discord:user-of-${id}` : `${workspace}:U1`;
  const channel = `${workspace}/C1`;
  const round = `r${id}`;
  const everywhere = { workspace, platform, channel, round, person, learner: person, asker: person, asked: person };
  const rows: Record<string, Record<string, string>[]> = {
    round: [{ id: round, active: channel, starter: person }],
    learner: [{ id: person }],
    outbox: [{ key: `quiz:${round}`, lane: JSON.stringify([platform, id, "C1"]) }],
    inbox: [{ key: `${platform}:event:Ev${id}` }],
    event: [{ key: `${platform}:message:${id}:C1:1.2` }],
    sandbox: [{ container: `c${id}` }],
    timer: [
      `quiz-round${round}`,
      `quiz-tally${round}`,
      `quiz-daily:${channel}`,
      `sandbox-end:${person}`,
      `sandbox-warning:${person}`,
    ].map((name) => ({ id: name })),
  };
  return (rows[table] ?? [{}]).map((row) => ({ ...everywhere, ...row }));
}

/** That a workspace which removed the bot leaves nothing behind, and the others everything, on every engine. */
export function goneWorkspaceContract(fresh: FreshPlace) {
  const { open } = createOpener();

  async function columnsOf(store: Store): Promise<Map<string, { name: string; number: boolean }[]>> {
    const query =
      store.kind === "sqlite"
        ? sql<Column>`select t.name as "table", c.name as "column", c.type as type from sqlite_schema t, pragma_table_info(t.name) c
            where t.type = 'table' and t.name not like 'sqlite_%'`
        : sql<Column>`select table_name as "table", column_name as "column", data_type as type from information_schema.columns
            where table_schema = 'public'`;
    const tables = new Map<string, { name: string; number: boolean }[]>();
    for (const { table, column, type } of (await query.execute(store.read)).rows) {
      const columns = tables.get(table) ?? [];
      columns.push({ name: column, number: !/text/i.test(type) });
      tables.set(table, columns);
    }
    for (const name of general) tables.delete(name);
    return tables;
  }

  async function fill(store: Store, platform: string, id: string): Promise<void> {
    for (const [table, columns] of await columnsOf(store)) {
      for (const row of rowsOf(table, platform, id)) {
        const values = columns.map(({ name, number }) => (number ? 1 : (row[name] ?? `${name} of ${platform}:${id}`)));
        await store.write((tx) =>
          sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))}) values (${sql.join(values)})`.execute(
            tx,
          ),
        );
      }
    }
  }

  /** The tables that name a workspace, with how many rows each. */
  async function naming(store: Store, id: string): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const table of (await columnsOf(store)).keys()) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(store.read);
      const many = rows.filter((row) => JSON.stringify(row).includes(id)).length;
      if (many > 0) found[table] = many;
    }
    return found;
  }

  it("is deleted whole, twice without harm, and no other workspace loses a row", async () => {
    const store = await open(await fresh());
    const others = ["T22", "T33"];
    for (const id of ["T0", ...others]) await fill(store, "slack", id);
    await fill(store, "discord", "4711");
    const rows = () => Promise.all([...others, "4711"].map((id) => naming(store, id)));
    const kept = await rows();
    const tables = [...(await columnsOf(store)).keys()].sort();
    expect(Object.keys(await naming(store, "T0")).sort()).toEqual(tables);
    for (let time = 0; time < 2; time++) {
      await forgetWorkspace(store, forgettingOf(parts), goneWorkspace("slack", "T0"));
      expect(await naming(store, "T0")).toEqual({});
    }
    expect(await rows()).toEqual(kept);
  });

  it("keeps people of a server who are the same everywhere, and deletes what belongs to the server", async () => {
    const store = await open(await fresh());
    await fill(store, "discord", "4711");
    await forgetWorkspace(store, forgettingOf(parts), goneWorkspace("discord", "4711"));
    expect(Object.keys(await naming(store, "user-of-4711")).sort()).toEqual([
      "lab_progress",
      "learner",
      "path_seen",
      "review",
      "sandbox_offer",
      "sandbox_past",
      "solo",
    ]);
  });

  it("is named by letters and digits only", () => {
    for (const id of ["", "%", "T1%", "T_1", "T1:U1", "T1/C1"]) expect(() => goneWorkspace("slack", id)).toThrow();
  });
}

interface Column {
  table: string;
  column: string;
  type: string;
}
