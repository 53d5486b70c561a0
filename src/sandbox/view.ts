import { quote } from "../core/dispatch.ts";
import { moment } from "../core/moment.ts";
import {
  type Block,
  button,
  type Control,
  code,
  controls,
  fields,
  heading,
  press,
  type Reply,
  reply,
  text,
} from "../core/reply.ts";
import type { Change } from "../engine/engine.ts";
import { limits } from "../engine/limits.ts";
import { sharedName } from "./guard/host.ts";
import { quotaWords } from "./guard/quota.ts";
import { minutes } from "./minutes.ts";
import type { RealLimits, SandboxView, StartNews } from "./service.ts";
import { safeText } from "./shown-output.ts";

/** Asks for a line and runs it. */
export const runControl: Control = {
  kind: "ask",
  label: "Run a command",
  title: "Run in your sandbox",
  press: press("sandbox run"),
  fills: "command",
};

export const notices = {
  ask: controls(
    button("Why do they differ?", press("ask", { question: "why do two containers of one image differ?" })),
  ),
};

const most = 30;

/** The short form of an id, as Docker shows it. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}

const cakeTries = [
  "- `sandbox run bake cherries`: decorate your cake, then see what changed",
  "- `sandbox run rm /cake/recipe`: then reset, and find it again, because the image still has it",
  "- `sandbox run ps`: see what runs in there, and what does not",
];

/** What can be tried in an image nothing is known about. */
const anyTries = [
  "- `sandbox run cat /etc/os-release`: see which files this image brings, and which kernel it does not",
  "- `sandbox run echo hi > /tmp/note`: then see what changed, and reset",
  "- `sandbox run ls -la /`: see the files of the image and of your layer as one",
];

/** The card of a sandbox: what it is, how long it stays, what may be tried. */
export function sandboxCard(view: SandboxView, first?: string): Reply {
  return reply(
    heading("Your sandbox"),
    first !== undefined && text(first),
    fields({
      Container: `\`${shortId(view.container)}\`, running`,
      Image: `\`${view.imageName}\`, digest \`sha256:${shortId(view.image)}\``,
      "Stays until": `${moment(view.endsAt)} if you do nothing; everything you do gives it ${minutes(limits.idle)} again, up to ${moment(view.latestAt)}`,
      Limits: `${limits.memory / 1024 / 1024} MB memory, ${limits.cpus} processor, ${limits.pids} processes, ${limits.layer / 1024 / 1024} MB disk, no network`,
    }),
    text(["Three things to try:", ...(view.imageName === sharedName ? cakeTries : anyTries)].join("\n")),
    controls(
      runControl,
      button("Show my changes", press("sandbox changes")),
      button("Reset", press("sandbox reset"), "danger"),
      button("Stop", press("sandbox stop"), "danger"),
      !view.extended && button("Keep 20 min more", press("sandbox extend")),
    ),
  );
}

/** What is said while a sandbox is being started. */
export function startNews(news: StartNews): Reply {
  switch (news.state) {
    case "preparing":
      return reply(text(`${news.why} Your sandbox starts as soon as that is done.`));
    case "queued": {
      const ahead =
        news.ahead === 0
          ? "You are next"
          : news.ahead === 1
            ? "1 person is ahead of you"
            : `${news.ahead} people are ahead of you`;
      return reply(
        text(
          `Every sandbox is in use. ${ahead}; it takes at most about ${minutes(news.about)}. Your sandbox starts here by itself.`,
        ),
      );
    }
    case "ready": {
      const first = news.reused ? "You have one already; here it is." : undefined;
      return sandboxCard(news.view, [first, news.notice].filter(Boolean).join(" ") || undefined);
    }
  }
}

function lines(changes: readonly Change[]): string {
  const shown = changes
    .slice(0, most)
    .map(({ kind, path }) => `${kind} ${safeText(path).replace(/\s/g, " ").slice(0, 200)}`);
  return [...shown, ...(changes.length > most ? [`… and ${changes.length - most} more`] : [])].join("\n");
}

/** The changes of one container, and what the letters mean. */
export function changeList(view: SandboxView, changes: readonly Change[]): Block[] {
  if (changes.length === 0)
    return [
      text(`Nothing: the writable layer of \`${shortId(view.container)}\` is empty, so you see the image as it is.`),
    ];
  const count = (kind: Change["kind"]) => changes.filter((one) => one.kind === kind).length;
  return [
    text(
      `The writable layer of \`${shortId(view.container)}\`: ${count("A")} added, ${count("C")} changed, ${count("D")} deleted.`,
    ),
    code(lines(changes), "console"),
    text("A is added, C is changed, D is deleted. All of it is in your container only; the image is as it was."),
  ];
}

/** What a container really has. */
export function limitFields(real: RealLimits): Reply {
  const megabytes = (bytes: number) => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
  return reply(
    text(`What container \`${shortId(real.view.container)}\` may use, as the engine says:`),
    fields({
      Memory: `${megabytes(real.memory)}, ${real.swap === 0 ? "no swap" : `and ${megabytes(real.swap)} of swap`}`,
      Processor: `${real.cpus} of one`,
      Processes: String(real.pids),
      "Open files": String(real.openFiles),
      "Largest file": megabytes(real.fileSize),
      "Writable layer": `${megabytes(real.layer)}, ${megabytes(real.layerUsed)} used; ${quotaWords[real.quota]}`,
      Network: real.network === "none" ? "none but its own loopback" : real.network,
      Rights: `user ${real.user.split(":")[0]}, capabilities: ${real.capabilities}, system calls ${real.filtered ? "filtered" : "not filtered"}`,
      "One command": `${limits.commandSeconds} seconds, ${limits.output / 1024} kB of output`,
    }),
  );
}

/** Two sandboxes of one image and what differs. */
export function sideBySide(both: readonly { view: SandboxView; changes: readonly Change[] }[]): Block[] {
  const images = [...new Set(both.map(({ view }) => view.image))];
  return [
    text(
      images.length === 1
        ? `Both containers come from one image, digest \`sha256:${shortId(images[0] ?? "")}\`. What differs is in their writable layers:`
        : "These containers come from different images. What is in their writable layers:",
    ),
    ...both.flatMap(({ view, changes }) => [
      text(
        `**${quote(view.name)}**, container \`${shortId(view.container)}\`: ${changes.length === 0 ? "nothing changed" : `${changes.length} ${changes.length === 1 ? "entry" : "entries"}`}`,
      ),
      ...(changes.length ? [code(lines(changes), "console")] : []),
    ]),
    text("Neither sees the other's changes, and the image has none of them."),
  ];
}
