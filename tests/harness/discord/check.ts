import * as official from "discord-api-spec/zod";

const schemas = { ...official };

/** The request bodies this Discord knows, by the name of their official schema. */
export type SchemaName = keyof typeof schemas;

/** Bit sets travel as strings, which the official document does not know: https://discord.com/developers/docs/topics/permissions */
const bitSets = ["default_member_permissions", "permissions", "allow", "deny"];
/** Fields that the client library sends where they mean nothing; Discord ignores them. */
const harmless = ["enforce_nonce", "tts"];

/** Every way in which a body breaks Discord's official schema: bad values, and fields that Discord does not know. */
export function checkSchema(name: SchemaName, body: unknown): string[] {
  const schema = schemas[name];
  const given = walk(body, (key, value) =>
    typeof value === "string" && bitSets.includes(key) && /^\d+$/.test(value) ? Number(value) : value,
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) return parsed.error.issues.map((issue) => `${name}.${issue.path.join(".")}: ${describe(issue)}`);
  return unknownFields(given, parsed.data, name);
}

/** The same for what this Discord answers; the official schemas refuse `+00:00` at the end of a time, which the real one sends. */
export function checkAnswer(name: SchemaName, answer: unknown): string[] {
  const given = walk(answer, (_, value) => (typeof value === "string" ? value.replace(/\+00:00$/, "Z") : value));
  const parsed = schemas[name].safeParse(given);
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${name}.${issue.path.join(".")}: ${describe(issue)}`);
}

function describe(issue: { message: string; code?: string | undefined }): string {
  const { errors } = issue as { errors?: { path: PropertyKey[]; message: string }[][] };
  if (!errors) return issue.message;
  // Of a union's branches, the one that comes closest says the most.
  const closest = [...errors].sort(
    (a, b) => b.filter(({ path }) => path[0] !== "type").length - a.filter(({ path }) => path[0] !== "type").length,
  )[0];
  return closest?.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ") ?? issue.message;
}

function unknownFields(given: unknown, known: unknown, path: string): string[] {
  if (typeof given !== "object" || given === null || typeof known !== "object" || known === null) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    if (value === undefined || harmless.includes(key)) return [];
    if (!(key in known)) return [`${path}.${key} is not a field Discord knows`];
    return unknownFields(value, (known as Record<string, unknown>)[key], `${path}.${key}`);
  });
}

function walk(value: unknown, change: (key: string, value: unknown) => unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => walk(one, change, key));
  if (typeof value !== "object" || value === null) return change(key, value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, change, name)]));
}
