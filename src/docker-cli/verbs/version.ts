import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { word } from "../flags.ts";
import { defineLine } from "../session.ts";
import { compileTemplate } from "../template/render.ts";
import { TemplateError } from "../template/template-error.ts";

/** The version of the program whose words and tables these lines follow. */
export const cliVersion = "28.2.2";
const newestApi = "1.50";

interface ServerVersion {
  Version: string;
  ApiVersion: string;
  MinAPIVersion?: string;
  GitCommit: string;
  GoVersion: string;
  Os: string;
  Arch: string;
  BuildTime?: string;
  Experimental?: boolean;
  Components?: { Name: string; Version: string; Details?: Record<string, string> }[];
}

export const version = defineLine({
  name: "version",
  usage: "docker version [OPTIONS]",
  summary: "Show the Docker version information",
  flags: z.object({ format: word("f") }),
  args: [0, 0],
  async run({ flags }, session) {
    const server = (await session.engine.system.version()) as unknown as ServerVersion;
    const spoken = olderApi(server.ApiVersion, newestApi);
    const client = {
      Version: cliVersion,
      ApiVersion: spoken,
      DefaultAPIVersion: newestApi,
      Os: server.Os,
      Arch: server.Arch,
      Context: "default",
      Platform: { Name: "Bakehouse" },
    };
    if (flags.format) {
      session.out.line(fillVersion(flags.format, { Client: client, Server: server }));
      return 0;
    }
    const engine = server.Components?.find(({ Name }) => Name === "Engine");
    const built = engine?.Details?.BuildTime ?? server.BuildTime ?? "";
    const pad = (name: string, value: string, indent: number) => `${" ".repeat(indent)}${name}:`.padEnd(20) + value;
    session.out.line("Client: Bakehouse");
    session.out.line(pad("Version", cliVersion, 1));
    session.out.line(
      pad("API version", `${spoken}${spoken === newestApi ? "" : ` (downgraded from ${newestApi})`}`, 1),
    );
    session.out.line(pad("OS/Arch", `${server.Os}/${server.Arch}`, 1));
    session.out.line(pad("Context", "default", 1));
    session.out.line("");
    session.out.line("Server:");
    session.out.line(" Engine:");
    session.out.line(pad("Version", server.Version, 2));
    session.out.line(pad("API version", `${server.ApiVersion} (minimum version ${server.MinAPIVersion ?? ""})`, 2));
    session.out.line(pad("Go version", server.GoVersion, 2));
    session.out.line(pad("Git commit", server.GitCommit, 2));
    session.out.line(pad("Built", builtAt(built), 2));
    session.out.line(pad("OS/Arch", `${server.Os}/${server.Arch}`, 2));
    session.out.line(pad("Experimental", String(server.Experimental ?? false), 2));
    for (const { Name, Version, Details } of server.Components ?? []) {
      if (Name === "Engine") continue;
      session.out.line(` ${Name}:`);
      session.out.line(pad("Version", Version, 2));
      session.out.line(pad("GitCommit", Details?.GitCommit ?? "", 2));
    }
    return 0;
  },
});

/** Client and engine speak the older one of what each knows. */
function olderApi(one: string, other: string): string {
  const minor = (version: string) => Number(version.split(".")[1] ?? 0);
  return minor(one) < minor(other) ? one : other;
}

/** `Thu May  7 21:09:36 2026` */
function builtAt(written: string): string {
  const at = new Date(written);
  if (Number.isNaN(at.getTime())) return written;
  const [, weekday = "", day = "", month = "", year = "", time = ""] =
    /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}

function fillVersion(format: string, data: unknown): string {
  try {
    const source = format === "json" ? "{{json .}}" : format;
    return compileTemplate(source, (field) => ({ error: `can't evaluate field ${field} in type system.versionInfo` }))(
      data,
    );
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CliError(
      error.stage === "parse" ? `template parsing error: ${error.shown}` : error.shown,
      error.stage === "parse" ? 64 : 1,
    );
  }
}
