import type { EngineJson } from "../engine/engine.ts";
import { hasNoCommand, isOwnLabel, removeOnExit } from "./own-labels.ts";
import type { Session } from "./session.ts";

/**
 * What the engine says about a container or an image, as its learner may see it: with their names, without the sandbox's own
 * labels, and without other people's names of the same image. `shown` is the container's name.
 */
export function shownJson(session: Session, raw: EngineJson, shown?: string): unknown {
  const own = (text: string): string => session.names.scrub(text);
  const image = (text: string): string => session.shared.find(({ id }) => id === text)?.name ?? own(text);
  const visible = (reference: string): string[] => {
    const mine = session.names.shownImage(reference);
    return mine === undefined ? [] : [mine];
  };
  const walk = (value: unknown, key: string, parent: string): unknown => {
    if (typeof value === "string") {
      if (key === "Name" && parent === "" && shown !== undefined) return `/${shown}`;
      if (key === "Image" && /^(Container)?Config$/.test(parent))
        return shown === undefined ? own(value) : image(value);
      return key === "SecurityOpt" && value.startsWith("seccomp=") ? "seccomp=bakehouse" : own(value);
    }
    if (Array.isArray(value)) {
      if (key === "RepoTags") {
        const names = value.flatMap((one) => visible(String(one)));
        const common = session.shared
          .filter(({ id }) => id === raw.Id)
          .map(({ name }) => (name.includes(":") ? name : `${name}:latest`));
        return [...names, ...common.filter((name) => !names.includes(name))].sort();
      }
      if (key === "RepoDigests")
        return value.filter((one) => visible(String(one).replace(/@.*$/, "")).length).map((one) => own(String(one)));
      return value.map((one) => walk(one, key, parent));
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    if (key === "Labels") return Object.fromEntries(entries.filter(([label]) => !isOwnLabel(label)));
    return Object.fromEntries(entries.map(([name, one]) => [name, walk(one, name, key)]));
  };
  const json = walk(raw, "", "") as EngineJson;
  const labels = (raw.Config as { Labels?: Record<string, string> | null } | undefined)?.Labels ?? {};
  const config = json.Config as { Cmd?: unknown; Entrypoint?: unknown; StopSignal?: string } | undefined;
  // Every container gets it said; the engine's own default needs no saying.
  for (const one of [config, json.ContainerConfig as typeof config])
    if (one?.StopSignal === "SIGTERM") delete one.StopSignal;
  if (config && shown === undefined && hasNoCommand(labels)) config.Cmd = null;
  // A commit cannot leave the field out, only empty it.
  if (config && Array.isArray(config.Entrypoint) && !config.Entrypoint.length) config.Entrypoint = null;
  const hostConfig = json.HostConfig as { AutoRemove?: boolean } | undefined;
  if (hostConfig && removeOnExit(labels)) hostConfig.AutoRemove = true;
  return json;
}
