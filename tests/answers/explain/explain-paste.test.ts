import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainPaste } from "../../../src/answers/explain/explain-paste.ts";

/** What is said of a paste: the worst problem first, then what it is. */
function said(text: string): string {
  const explained = explainPaste(text);
  return [
    explained?.problems[0]?.text,
    explained?.problems[0]?.better?.source,
    explained?.what,
    ...(explained?.parts ?? []),
  ].join("\n");
}

describe("a pasted command", () => {
  it("is told in the learner's own values", () => {
    const words = said("docker run -d --name shop -p 9000:3000 -v shopdata:/data --restart unless-stopped acme/shop:2");
    expect(words).toMatch(/new\*\* container `shop` from the image `acme\/shop:2`, in the background/);
    expect(words).toMatch(/Port \*\*9000\*\* of your computer leads to port \*\*3000\*\*/);
    expect(words).toMatch(/named volume `shopdata`/);
    expect(words).toMatch(/unless you stopped it/);
  });

  it.each([
    ["docker run nginx -p 8080:80", /stands after the image[\s\S]*docker run -p 8080:80 nginx/],
    ["docker run -d -p 3000:8000 api\nlocalhost:8000 refuses", /port \*\*3000\*\*[\s\S]*-p 8000:8000/],
    ["docker run -d ubuntu", /ends at once[\s\S]*docker run -it ubuntu/],
    ["docker run -it -v src/app:/app node:24 sh", /neither a full path nor a volume/],
    ["docker run -d postgres:17", /POSTGRES_PASSWORD/],
    ["docker run --rm --restart always nginx", /can't be combined/],
    ["docker exec web cd /srv", /built-in of the shell[\s\S]*docker exec -w \/srv web/],
    ["docker build -t shop", /context is missing[\s\S]*docker build -t shop \./],
    ["docker push shop:1", /no account[\s\S]*YOURNAME\/shop/],
    ["docker compose down -v", /deletes the project's named volumes/],
  ])("%s: the mistake comes first", (line, expected) => expect(said(line)).toMatch(expected));

  it("of a series is told with what is there in the end", () => {
    const words = said(
      "docker build -t shop .\ndocker run -d --name a shop\ndocker run -d --name b shop\ndocker rm -f a",
    );
    expect(words).toMatch(/In the end there is the container `b` \(running\), and the images `shop`/);
  });

  it.each([
    "docker ps shows none, where are my containers?",
    "what is docker run",
    "docker is confusing",
    "how do I docker run in the background?",
  ])("is not seen in a question: %s", (question) => expect(explainPaste(question)).toBeUndefined());
});

describe("a pasted Dockerfile", () => {
  it.each([
    [
      'FROM python:3.13\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "a.py"]',
      /COPY requirements\.txt \.\/\nRUN pip install/,
    ],
    ["FROM debian:13\nRUN cd /srv\nRUN make", /lasts only for that one `RUN`[\s\S]*WORKDIR \/srv/],
    ['FROM alpine:3\nCMD ["a"]\nCMD ["b"]', /Only the last `CMD` counts/],
    ['FROM node:24\nENV DB_PASSWORD=hunter2\nCMD ["node"]', /DB_PASSWORD` stays in the image/],
    [
      'FROM golang:1.26 AS make\nRUN go build -o /srv/app\nFROM scratch\nCMD ["/srv/app"]',
      /COPY --from=make \/srv\/app \/srv\/app/,
    ],
    ['FROM alpine\nENTRYPOINT ["echo", "hi"]\nCMD ["you"]\nwhat does docker run x ada print', /prints `hi ada`/],
    ['FROM nginx:1.29\nRUN service nginx start\nCMD ["true"]', /belongs into `CMD`/],
  ])("%s: the mistake comes first", (file, expected) => expect(said(file)).toMatch(expected));

  it("is read where a chat folded its lines", () => {
    expect(
      said('FROM node:24 WORKDIR /app COPY . . RUN npm ci CMD ["npm", "start"] why is npm ci run every time'),
    ).toMatch(/COPY package\*\.json/);
  });
});

describe("a pasted Compose file", () => {
  it.each([
    ['services:\n  web:\n    image: a:1\n    ports:\n      - "4000"\n', /"4000:4000"/],
    ["services:\n  web:\n    build: .\n    depends_on:\n      - db\n  db:\n    image: mysql:9\n", /until it's ready/],
    [
      "services:\n  web:\n    image: a:1\n    environment:\n      DB: postgres://localhost:5432/x\n",
      /that container itself/,
    ],
    ["services:\n  web:\n    image: 'a:1\n    ports: []\n", /isn't valid YAML \(line/],
    ["services:\n  web:\n    ports: ['1:1']\n", /neither `image:` nor `build:`/],
  ])("%s: the mistake comes first", (file, expected) => expect(said(file)).toMatch(expected));
});

describe("what docker printed", () => {
  it.each([
    [
      'CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES\n0123456789ab   api   "nodee a.js"   1 minute ago   Exited (127) 1 minute ago      api',
      /`api` has exited with code \*\*127\*\*[\s\S]*nodee/,
    ],
    [
      "CONTAINER ID   IMAGE   STATUS   NAMES\n0123456789ab   api   Up 2 hours (unhealthy)   api",
      /health check[\s\S]*State\.Health/,
    ],
    [
      "CONTAINER ID   IMAGE   STATUS   PORTS   NAMES\n0123456789ab   web   Up 2 hours   8000/tcp   web",
      /isn't published[\s\S]*-p 8080:8000/,
    ],
    [
      "REPOSITORY   TAG   IMAGE ID   SIZE\na   1   0123456789ab   90MB\na   latest   0123456789ab   90MB",
      /one image with 2 tags/,
    ],
    [
      "TYPE   TOTAL   ACTIVE   SIZE   RECLAIMABLE\nImages   9   1   8GB   7GB (87%)\nBuild Cache   9   0   3GB   3GB",
      /7GB[\s\S]*image prune -a[\s\S]*builder prune/,
    ],
    [
      "NAME   CPU %   MEM USAGE / LIMIT   MEM %\njob   9.0%   255MiB / 256MiB   99.6%",
      /`job` uses 255MiB of the 256MiB/,
    ],
    ['"State": {"Status": "exited", "OOMKilled": true, "ExitCode": 137}', /more memory than it may have/],
  ])("%s: what matters comes first", (table, expected) => expect(said(table)).toMatch(expected));
});

describe("whatever is pasted", () => {
  it("is explained or left, and never throws", () => {
    const piece = fc.constantFrom(
      "docker run",
      "-p",
      "8080:80",
      "FROM",
      "RUN",
      "COPY . .",
      "services:",
      "&a [*a,*a]",
      '"',
      "'",
      "`",
      "\n",
      "{{",
      "<<EOF",
      "CONTAINER ID   IMAGE",
      "\u202e",
      "\ud800",
      "NAMES",
      "Exited (1)",
      "-v a:/b",
      "x".repeat(500),
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }),
        (parts) => void explainPaste(parts.join(" ")),
      ),
    );
  });

  it.each([
    ["blanks", " ".repeat(8000)],
    ["quotes", "docker run ".concat("'\"".repeat(4000))],
    ["a long Dockerfile", `FROM a\n${"RUN x && \\\n".repeat(800)}`],
    ["folded instructions", "FROM a RUN b ".repeat(600)],
    ["names of a table", `CONTAINER ID IMAGE NAMES ${"aaaa ".repeat(1500)}`],
    [
      "aliases",
      `services:\n  a: &a [x]\n${Array.from({ length: 60 }, (_, at) => `  b${at}: [${"*a,".repeat(20)}*a]\n`).join("")}`,
    ],
    ["nested lists", `services:\n  a: ${"[".repeat(3000)}`],
  ])("takes time in proportion to its length: %s", (_, text) => {
    const start = process.cpuUsage();
    for (let turn = 0; turn < 5; turn++) explainPaste(text);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 5000).toBeLessThan(50);
  });
});
