import { CliError } from "../engine/cli-error.ts";
import { alignTable } from "./table.ts";
import { compileTemplate, type Template } from "./template/render.ts";
import { TemplateError } from "./template/template-error.ts";

/** One row of a list: every field a `--format` may name. Functions are methods with an argument, such as `.Label`. */
export type Row = Record<string, string | null | ((key: string) => string)>;

/** How a list is laid out. */
export interface ListLayout {
  /** `--format`, if it was given. */
  format?: string | undefined;
  /** The fields of the plain table, in order. */
  columns: readonly string[];
  /** A column's header, by field. */
  headers: Record<string, string>;
  /** Go's name of a row, for error messages. */
  type: string;
}

/** The lines of a list as the `docker` program prints them. Throws {@link CliError} for templates that cannot be read or run. */
export function renderRows(rows: readonly Row[], { format, columns, headers, type }: ListLayout): string[] {
  const plain = columns.map((name) => `{{.${name}}}`).join("\t");
  const wanted =
    format === undefined || format === "table" ? `table ${plain}` : format === "json" ? "{{json .}}" : format;
  const [, isTable, source = ""] = /^(table\s+)?([\s\S]*)$/.exec(wanted) ?? [];
  const template = readTemplate(source, type);
  const head = isTable ? [fill(template, headers)] : [];
  const escaped = /^\s*\{\{-?\s*json\s+\.\s*-?\}\}\s*$/.test(source);
  const body = rows.map((row) => {
    const line = fill(template, sortKeys(row));
    return escaped ? escapeHtml(line) : line;
  });
  return isTable ? alignTable([...head, ...body].map((line) => line.split("\t"))) : body;
}

function readTemplate(source: string, type: string): Template {
  try {
    return compileTemplate(source, (field) => ({ error: `can't evaluate field ${field} in type ${type}` }));
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`failed to parse template: ${error.shown}`);
    throw error;
  }
}

function fill(template: Template, row: Record<string, unknown>): string {
  try {
    return template(row);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`failed to execute template: ${error.shown}`);
    throw error;
  }
}

function sortKeys(row: Row): Row {
  return Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Go's JSON writes these three as escapes. */
function escapeHtml(json: string): string {
  return json.replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}
