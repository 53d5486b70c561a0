import type { ImageSettings } from "../../engine/engine.ts";
import { hasNoCommand, shownLabels } from "../own-labels.ts";
import type { Session } from "../session.ts";

/** The settings a build goes on from: all of the image's own, without the sandbox's labels. */
export async function settingsOf(session: Session, image: string): Promise<ImageSettings> {
  const { raw, labels } = await session.engine.images.inspect(image);
  const config = (raw.Config ?? {}) as Record<string, unknown>;
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  return {
    env: list(config.Env),
    cmd: hasNoCommand(labels) ? [] : list(config.Cmd),
    entrypoint: list(config.Entrypoint),
    user: String(config.User ?? ""),
    workingDir: String(config.WorkingDir ?? ""),
    labels: shownLabels(labels),
    exposedPorts: Object.keys((config.ExposedPorts as object | null) ?? {}),
  };
}
