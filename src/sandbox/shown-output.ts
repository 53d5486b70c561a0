import type { Room } from "../core/context.ts";
import { type Block, code, text } from "../core/reply.ts";
import type { Piece } from "../engine/capture.ts";
import { limits } from "../engine/limits.ts";
import type { CommandResult } from "../engine/run-command.ts";
import type { Wait } from "./room/places.ts";

/** How much is shown in a chat message; the rest comes as a file. */
const chatRoom: Room = { lines: 25, characters: 1500 };

const escapeSign = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** Colour and weight, the only escapes a chat can show. */
const colour = new RegExp(`${escapeSign}\\[(?:[014]|[34][0-7])?(?:;(?:[014]|[34][0-7]))*m`, "g");
const escapes = new RegExp(
  `${escapeSign}(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^${bell}${escapeSign}]*(?:${bell}|${escapeSign}\\\\)?|[ -/]*[0-~])`,
  "g",
);
const rubbedOut = new RegExp(`[^\\n]${String.fromCharCode(8)}`, "g");

/**
 * Text of a program made safe to show: no control characters but newline and tab, no invisible direction marks, no escapes
 * (colours stay with `colours`), no fence that could end a code block. A carriage return shows what a terminal would.
 */
export function safeText(raw: string, { colours = false }: { colours?: boolean } = {}): string {
  const kept: string[] = [];
  const cleared = raw.replace(/[\ue000\ue001]/g, "");
  const marked = colours ? cleared.replace(colour, (match) => `\ue000${kept.push(match) - 1}\ue001`) : cleared;
  const plain = marked
    .toWellFormed()
    .replace(escapes, "")
    .split("\n")
    .map(overwritten)
    .join("\n")
    .replace(rubbedOut, "")
    .replace(/[^\P{C}\n\t\ue000\ue001]/gu, (character) => (character === "\0" ? "␀" : ""))
    .replace(/```/g, "`\u200b`\u200b`");
  return plain.replace(/\ue000(\d+)\ue001/g, (_, index) => kept[Number(index)] ?? "");
}

/** What a terminal shows of a line after its carriage returns. */
function overwritten(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === "\r") end--;
  return line.slice(line.lastIndexOf("\r", end - 1) + 1, end);
}

/** A pattern would look at each run of newlines once for each of its letters. */
function withoutLastNewlines(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "\n") end--;
  return text.slice(0, end);
}

/** What is said of a command that printed nothing. */
export const noOutput = "_It printed nothing._";

/** The blocks that show a command's output: as much as there is room for, and the rest as a file. */
export function showOutput(
  pieces: readonly Piece[],
  { room = chatRoom, fileName = "output.txt" }: { room?: Room | undefined; fileName?: string } = {},
): Block[] {
  const whole = withoutLastNewlines(safeText(pieces.map((piece) => piece.text).join("")));
  if (!whole) return [text(noOutput)];
  const lines = whole.split("\n");
  let shown = lines.slice(0, room.lines).join("\n");
  if (shown.length > room.characters) shown = shown.slice(0, room.characters).toWellFormed();
  const rest = shown.length < whole.length;
  if (!rest) return [code(shown, "console")];
  return [
    code(shown, "console"),
    text(
      `_Cut here: ${lines.length} ${lines.length === 1 ? "line" : "lines"}, ${whole.length} characters in all. The whole is in the file._`,
    ),
    { kind: "file", name: fileName, text: whole },
  ];
}

const signals: Record<number, string> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL, an illegal instruction",
  6: "SIGABRT, it gave up by itself",
  7: "SIGBUS, a bad memory access",
  8: "SIGFPE, for example a division by zero",
  9: "SIGKILL",
  11: "SIGSEGV, it touched memory that is not its own",
  13: "SIGPIPE, nobody reads its output any more",
  15: "SIGTERM",
  25: `SIGXFSZ, no file may be larger than ${limits.fileSize / 1024 / 1024} MB here`,
  31: "SIGSYS, it asked the kernel for something it may not",
};

/** An exit status in words; none for 0, since what went well needs no comment. */
export function exitWords(exitCode: number): string {
  if (exitCode === 0) return "";
  if (exitCode === 126) return "Exit status 126: found, but it could not be run.";
  if (exitCode === 127) return "Exit status 127: there is no such program in this image.";
  if (exitCode > 128 && signals[exitCode - 128])
    return `Exit status ${exitCode} = 128 + ${exitCode - 128}: ended by ${signals[exitCode - 128]}.`;
  if (exitCode > 128 && exitCode <= 192) return `Exit status ${exitCode}: ended by signal ${exitCode - 128}.`;
  return `Exit status ${exitCode}: the program says that something was not right.`;
}

/** Why a command waits, and how long about. */
export function waitWords({ why, about }: Wait): string {
  const seconds = Math.max(1, Math.ceil(about / 1000));
  const time = `about ${seconds === 1 ? "a second" : `${seconds} seconds`}`;
  return why === "rest"
    ? `Your last commands had to be stopped by a limit, so there is a short rest before this one: ${time}.`
    : `Others are running long commands, and so did you. It is your turn in ${time}.`;
}

/** How a command ended, and which limit ended it; up to three sentences, none when it just went well. `memory`: bytes. */
export function endWords(result: CommandResult, memory: number = limits.memory): string {
  const said: string[] = [];
  const kept = result.restarted
    ? " Everything running in the container was ended with it; its files are still there."
    : "";
  switch (result.stoppedBy) {
    case "time":
      said.push(`Stopped after ${limits.commandSeconds} seconds, the **time** limit for one command.${kept}`);
      break;
    case "output":
      said.push(`Stopped after ${limits.output / 1024} kB of **output**, the limit for one command.${kept}`);
      break;
    case "memory":
      said.push(
        `Exit status 137 = 128 + 9: the kernel killed it, because the container has no more than ${memory / 1024 / 1024} MB of **memory**.`,
      );
      break;
    case "disk":
      said.push(
        `Stopped: it wrote past the **disk** limit of ${limits.layer / 1024 / 1024} MB for the writable layer.`,
      );
      break;
    case "cancelled":
      said.push(`Stopped, because it was cancelled.${kept}`);
      break;
    case undefined:
      if (result.exitCode) said.push(exitWords(result.exitCode));
  }
  if (result.processes)
    said.push(
      `The kernel refused it more **processes**: ${limits.pids} at once is the limit.${result.stoppedBy ? "" : kept}`,
    );
  if (result.background) said.push("Something it started still runs in the background.");
  return said.join(" ");
}
