import { writeFileSync } from "node:fs";
import { firstScreens } from "./eval/first-screens.ts";

/** What people type, each in a conversation of their own. */
const samples: readonly (readonly string[])[] = [
  ["how do I rename a volume?"],
  ["my container exits right after docker run, what now?"],
  [
    "docker: Error response from daemon: driver failed programming external connectivity on endpoint shop: Bind for 0.0.0.0:3000 failed: port is already allocated.",
  ],
  ["docker run nginx -p 8080:80"],
  ['FROM node:24\nCOPY . .\nRUN npm ci\nCMD ["npm", "start"]\n\nwhy does npm ci run every time?'],
  ["services:\n  web:\n    build: .\n    depends_on:\n      - db\n  db:\n    image: postgres:17"],
  ["CONTAINER ID   IMAGE    STATUS                     NAMES\n3f2c1a9b8d7e   shop:1   Exited (137) 2 hours ago   shop"],
  ["what is a volume?", "and how do I delete it?"],
  ["why is my image so big?", "how do I see what takes the space?"],
  ["which is better, podman or docker?"],
];

/** Writes docs/answers.md: ten exchanges as the bot really has them. */
let page = `# Ten exchanges

What the tutor really says, first screens only, without the buttons under them. \`npm run answer-samples\` writes this page.
`;
const cases = samples.map((turns, index) => ({ id: `sample-${index + 1}`, turns: [...turns] }));
let at = 0;
for await (const { says } of firstScreens(cases)) {
  const typed = samples[at++]?.map((turn) => `> ${turn.replaceAll("\n", "\n> ")}`).join("\n>\n> …\n\n");
  page += `\n## ${at}\n\n${typed}\n\n\`\`\`text\n${wrapped(says)}\n\`\`\`\n`;
}
writeFileSync("docs/answers.md", page);

/** Lines of at most 100 characters, cut at blanks. */
function wrapped(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/(.{60,100})\s(?=\S)/g, "$1\n"))
    .join("\n");
}
