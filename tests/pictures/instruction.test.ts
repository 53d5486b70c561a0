import { expect, it } from "vitest";
import { instructionWords } from "../../src/pictures/instruction.ts";
import { sizeWords } from "../../src/pictures/stack-facts.ts";

const digest = "395b6284e76a6cbc53b0cda54a4d05c8d761c2b1afbb1e256bf4a26a862ea876";

it.each([
  [`/bin/sh -c #(nop) COPY file:${digest} in /cake/recipe `, "", "COPY a file to /cake/recipe"],
  [`/bin/sh -c #(nop) ADD multi:${digest} in / `, "", "ADD files to /"],
  [`/bin/sh -c #(nop) COPY dir:${digest} in /app`, "", "COPY a folder to /app"],
  ["/bin/sh -c apk add curl  && true", "", "RUN apk add curl && true"],
  ["|1 BASE=x y /bin/sh -c make", "", "RUN make"],
  ["/bin/sh -c #(nop)  USER 1000:1000", "", "USER 1000:1000"],
  ["COPY recipe /cake/recipe # buildkit", "buildkit.dockerfile.v0", "COPY recipe to /cake/recipe"],
  ["RUN /bin/sh -c make all # buildkit", "buildkit.dockerfile.v0", "RUN make all"],
  ["RUN |2 A=1 B=2 /bin/sh -c make # buildkit", "buildkit.dockerfile.v0", "RUN make"],
  ["WORKDIR /app", "buildkit.dockerfile.v0", "WORKDIR /app"],
  ["", "Imported from -", "imported files"],
  ["", "", "made in an unknown way"],
  ["sh -c while :; do sleep 1; done", "with cherries", "commit of a container: with cherries"],
  ["sh", "", "commit of a container that ran sh"],
])("says %j as the Dockerfile had it", (createdBy, comment, words) => {
  expect(instructionWords({ createdBy, comment })).toBe(words);
});

it("writes sizes as Docker does", () => {
  expect([0, 261, 999, 1000, 1_984_896, 999_600, 12_345_678_901].map(sizeWords)).toEqual([
    "0B",
    "261B",
    "999B",
    "1kB",
    "1.98MB",
    "1MB",
    "12.3GB",
  ]);
});
