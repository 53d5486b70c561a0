import type { Drawing } from "./stack.ts";
import { box, type Colours, colours, sheet, svgSheet, type Theme, textLine } from "./svg.ts";

const states = ["created", "running", "paused", "exited", "removed"] as const;
type State = (typeof states)[number];

const size = { width: 260, height: 76 };
const column = { main: 60, side: 640 };
const places: Record<State, { x: number; y: number }> = {
  created: { x: column.main, y: 110 },
  running: { x: column.main, y: 270 },
  paused: { x: column.side, y: 270 },
  exited: { x: column.main, y: 430 },
  removed: { x: column.main, y: 590 },
};

const moves: { from: State; to: State; command: string }[] = [
  { from: "created", to: "running", command: "docker start" },
  { from: "running", to: "exited", command: "docker stop, docker kill, or its program ends" },
  { from: "exited", to: "running", command: "docker start" },
  { from: "running", to: "paused", command: "docker pause" },
  { from: "paused", to: "running", command: "docker unpause" },
  { from: "exited", to: "removed", command: "docker rm" },
];

const notes = ["docker run = docker create + docker start", "docker rm -f removes it from every state"];

/** Draws the states of a container with the commands on the arrows; the state `now` is marked, where it is one of them. Pure. */
export function drawLifecycle(now?: string, theme: Theme = "dark"): Drawing {
  const paint = colours[theme];
  const marked = states.find((state) => state === now);
  const parts = [
    textLine("The life of a container", { x: sheet.margin, y: 66, face: "strongWords", size: 30, colour: paint.text }),
    ...states.map((state) => drawState(state, state === marked, paint)),
    ...drawArrows(paint),
    ...notes.map((note, index) =>
      textLine(note, { x: column.main, y: 714 + 36 * index, face: "names", colour: paint.quiet }),
    ),
  ];
  return { svg: svgSheet(790, paint.card, parts), alt: tell(marked) };
}

/** The same facts as lines of text. */
export function lifecycleLines(now?: string): string[] {
  const marked = states.find((state) => state === now);
  return [
    "docker create -> created",
    ...moves.map(({ from, to, command }) => `${from} -> ${to}: ${command}`),
    ...notes,
    ...(marked ? [`now: ${marked}`] : []),
  ];
}

function tell(marked: State | undefined): string {
  const arrows = moves.map(({ from, to, command }) => `from ${from} to ${to} by ${command}`).join("; ");
  return `The life of a container. docker create makes it: created; ${arrows}. ${notes.join(". ")}.${marked ? ` Now: ${marked}.` : ""}`;
}

function drawState(state: State, marked: boolean, paint: Colours): string {
  const { x, y } = places[state];
  const gone = state === "removed";
  const fill = marked ? paint.writable : gone ? paint.card : paint.layer;
  const line = marked ? paint.writableLine : gone ? paint.quiet : paint.layerLine;
  const middle = { x: x + size.width / 2, colour: paint.text, anchor: "middle" } as const;
  return [
    box({ x, y, ...size, fill, line, dashed: gone }),
    textLine(marked ? `${state} (now)` : state, { ...middle, y: y + 48, face: "strongNames", size: 26 }),
  ].join("\n");
}

function drawArrows(paint: Colours): string[] {
  const { main, side } = column;
  const right = main + size.width;
  const label = (x: number, y: number, words: string) => textLine(words, { x, y, face: "names", colour: paint.text });
  const below = (state: State) => places[state].y + size.height;
  const down = (x: number, from: State, to: State) => arrow(x, below(from), x, places[to].y, paint);
  return [
    label(right + 20, places.created.y + 48, "by docker create"),
    down(main + 60, "created", "running"),
    label(main + 80, below("created") + 50, "docker start"),
    down(main + 60, "running", "exited"),
    label(main + 80, below("running") + 50, "stop"),
    arrow(main + 200, places.exited.y, main + 200, below("running"), paint),
    label(main + 220, below("running") + 50, "docker start"),
    label(right + 20, places.exited.y + 32, "by docker stop, docker kill,"),
    label(right + 20, places.exited.y + 66, "or because its program ended"),
    down(main + 60, "exited", "removed"),
    label(main + 80, below("exited") + 50, "docker rm"),
    arrow(right, places.running.y + 22, side, places.running.y + 22, paint),
    label(right + 50, places.running.y + 6, "docker pause"),
    arrow(side, places.running.y + 54, right, places.running.y + 54, paint),
    label(right + 50, places.running.y + 86, "docker unpause"),
  ];
}

/** A straight arrow along one axis, with room before the box it points to. */
function arrow(fromX: number, fromY: number, toX: number, toY: number, { text }: Colours): string {
  const [dx, dy] = [Math.sign(toX - fromX), Math.sign(toY - fromY)];
  const [tipX, tipY] = [toX - 4 * dx, toY - 4 * dy];
  const [backX, backY] = [tipX - 14 * dx, tipY - 14 * dy];
  const head = `${tipX},${tipY} ${backX + 9 * dy},${backY + 9 * dx} ${backX - 9 * dy},${backY - 9 * dx}`;
  return [
    `<line x1="${fromX + 4 * dx}" y1="${fromY + 4 * dy}" x2="${backX}" y2="${backY}" stroke="${text}" stroke-width="${sheet.line}"/>`,
    `<polygon points="${head}" fill="${text}"/>`,
  ].join("\n");
}
