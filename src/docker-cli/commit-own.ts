import { daemonError } from "../engine/cli-error.ts";
import type { ImageSettings } from "../engine/engine.ts";
import { EngineError } from "../engine/engine-error.ts";
import { limits } from "../engine/limits.ts";
import { readReference, withTag } from "../engine/names.ts";
import { variablesOf } from "./build/expand.ts";
import { checkSettingsRoom } from "./build/settings-room.ts";
import { engineText } from "./each.ts";
import { humanSize } from "./human.ts";
import { LineRefusal } from "./line-refusal.ts";
import { ownBytes } from "./own-bytes.ts";
import { shownLabels } from "./own-labels.ts";
import type { OwnImage, Session } from "./session.ts";

export interface CommitWish {
  /** `repository:tag` as the learner knows it; none makes an image without a name. */
  reference?: string;
  comment?: string;
  author?: string;
  settings?: ImageSettings;
  /** A step of a build: how many images there are was looked at before the first one. */
  step?: boolean;
}

/**
 * Makes an image of a learner's container: sizes and numbers are checked first, the image belongs to the learner, and what the
 * sandbox itself set on the container does not get into it. Resolves with the id; throws {@link CliError} or {@link LineRefusal}.
 */
export async function commitOwn(session: Session, container: string, wish: CommitWish): Promise<string> {
  const { containers, images } = session.engine;
  if (wish.step) checkBytes(await session.holdings.images({ all: true }));
  else await checkRoom(session, wish.reference);
  const { sizeRw = 0, imageId, raw } = await containers.inspect(container, { size: true });
  if (sizeRw > limits.commit)
    throw new LineRefusal(
      `This container has written ${humanSize(sizeRw)}, and an image here may add at most ${humanSize(limits.commit)}. Delete something in it first.`,
      "image-size",
    );
  const base = await images.inspect(imageId);
  const config = raw.Config as { User?: string; Labels?: Record<string, string> | null };
  // A number of the sandbox's own stays out: the image keeps the user of its base.
  const forced = /^2\d{4}:2\d{4}$/.test(config.User ?? "");
  const settings: ImageSettings = {
    ...(forced && { user: base.user || "root" }),
    ...wish.settings,
    labels: { ...shownLabels(base.labels), ...wish.settings?.labels, ...session.host.imageLabels(session.owner) },
  };
  const own = (raw.Config ?? {}) as { Env?: string[] | null; Cmd?: string[] | null; Entrypoint?: string[] | null };
  // The engine adds the container's own variables to those that are said here.
  const env = new Map([...variablesOf(own.Env ?? []), ...variablesOf(settings.env ?? [])]);
  const whole = { cmd: own.Cmd ?? [], entrypoint: own.Entrypoint ?? [], ...settings };
  checkSettingsRoom({ ...whole, env: [...env].map((pair) => pair.join("=")) });
  const parsed = wish.reference === undefined ? undefined : readReference(wish.reference);
  try {
    return await containers.commit(container, {
      ...(parsed && { reference: session.names.image({ ...parsed, tag: parsed.tag ?? "latest" }) }),
      ...(wish.comment !== undefined && { comment: wish.comment }),
      ...(wish.author !== undefined && { author: wish.author }),
      settings,
    });
  } catch (error) {
    if (error instanceof EngineError && error.kind !== "unreachable") throw daemonError(engineText(session, error));
    throw error;
  }
}

/** All layers of one learner together, in bytes. */
const imageBytes = 96 * 1024 * 1024;

/** Throws {@link LineRefusal} when the learner has as many images as a sandbox holds. */
export async function checkRoom(session: Session, reference?: string): Promise<void> {
  const all = await session.holdings.images({ all: true });
  checkBytes(all);
  const parents = new Set(all.map(({ raw }) => String(raw.ParentId ?? "")));
  const own = all.filter((image) => image.own && (image.shown.length > 0 || !parents.has(image.id)));
  const replaced =
    reference !== undefined && own.some(({ shown }) => shown.includes(withTag(readReference(reference))));
  // Replacing a name leaves the old image behind without one, so it counts as well; it is just let through once.
  if (own.length >= limits.imagesPerLearner + (replaced ? 1 : 0))
    throw new LineRefusal(
      `You have ${own.length} images of your own, and a sandbox holds ${limits.imagesPerLearner}. \`docker images\` lists them; \`docker rmi\` and \`docker image prune\` remove them.`,
      "disk-cleanup",
    );
}

function checkBytes(all: readonly OwnImage[]): void {
  const bytes = ownBytes(all);
  if (bytes > imageBytes)
    throw new LineRefusal(
      `Your images use ${humanSize(bytes)} together, and a sandbox holds ${humanSize(imageBytes)}. Remove some with \`docker rmi\` or \`docker image prune\`.`,
      "disk-cleanup",
    );
}
