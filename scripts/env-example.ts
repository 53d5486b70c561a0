import { settings } from "../src/config.ts";

/** Prints `.env.example` from the settings' own descriptions. */
console.log(
  "# Settings of Bakehouse. Copy to .env and fill in what you need; every one may also come from a file named by <NAME>_FILE.",
);
for (const [name, schema] of Object.entries(settings.shape)) {
  const preset = schema.safeParse(undefined);
  const value = preset.success && preset.data !== undefined ? String(preset.data) : "";
  console.log(`\n# ${schema.description ?? ""}\n# ${name}=${value}`);
}
