import { cases } from "./error-case.ts";

/** Builds a Dockerfile of these lines. */
const build = (lines: string, flags = "") =>
  `touch other; cat > Dockerfile <<'EOF'\n${lines}\nEOF\nsed -i "s#BASE#$BASE#" Dockerfile\ndocker build --force-rm -t bakery-app ${flags} .`;

const either = [
  ["The file to copy is not in the build context", build("FROM BASE\nCOPY nope.txt /")],
  [
    ["COPY can't leave the build context", "The file to copy is not in the build context"],
    build("FROM BASE\nCOPY ../nope.txt /"),
  ],
  ["The Dockerfile is not found", "docker build -t bakery-app ."],
  ["The build needs a context", "docker build -t bakery-app"],
  ["The context folder does not exist", "docker build -t bakery-app nosuch"],
  ["Unknown instruction in the Dockerfile", build("FROM BASE\nRNU true")],
  ["A Dockerfile must begin with FROM", build("RUN true")],
  ["A Dockerfile must begin with FROM", build("# nothing")],
  ["An instruction has the wrong number of words", build("FROM BASE\nENV ONE")],
  ["An instruction has the wrong number of words", build("FROM BASE\nCOPY one")],
  ["An instruction has the wrong number of words", build("FROM BASE\nEXPOSE")],
  ["An instruction has an unknown option", build("FROM BASE\nCOPY --nosuch=1 Dockerfile /")],
  ["The build step's program is not there", build("FROM BASE\nRUN nosuch install")],
  ["A build step failed", build("FROM BASE\nRUN exit 7")],
  ["The build stage does not exist", build("FROM BASE", "--target nosuch")],
  ["The stage has no such file", build("FROM BASE AS one\nFROM BASE\nCOPY --from=one /nope /")],
  ["The base image's name is empty", build("ARG WHICH\nFROM $WHICH")],
  ["Several files need a folder as destination", build("FROM BASE\nCOPY Dockerfile other /x")],
  [
    ["The tag or option of the build is wrong", "Image names are lower-case"],
    "echo 'FROM scratch' > Dockerfile\ndocker build -t Bakery .",
  ],
  ["The image has no shell for RUN", build("FROM scratch\nRUN true")],
  ["An instruction has a wrong value", build("FROM BASE\nEXPOSE http")],
  ["An instruction has a wrong value", build("FROM BASE\nHEALTHCHECK SOMETIMES true")],
  ["The signal is unknown", build("FROM BASE\nSTOPSIGNAL NOSUCH")],
  ["ONBUILD can't do that", build("FROM BASE\nONBUILD FROM BASE")],
] as const;

const buildkitOnly = [
  ["A here-document or quote is not closed", build("FROM BASE\nRUN <<X\necho")],
  ["A secret is missing at build time", build("FROM BASE\nRUN --mount=type=secret,id=key,required=true true")],
  [
    ["The base image can't be fetched", "The registry's name can't be looked up"],
    build("FROM registry.bakery.invalid/app"),
  ],
] as const;

const classicOnly = [
  ["An instruction has an unknown option", build("FROM BASE\nRUN --mount=type=cache,target=/x true")],
  ["An instruction has an unknown option", build("FROM BASE\nCOPY --chmod=755 Dockerfile /")],
  ["Build variables were not used", build("FROM BASE", "--build-arg NOSUCH=1")],
  [
    ["The base image can't be fetched", "The registry's name can't be looked up"],
    build("FROM registry.bakery.invalid/app"),
  ],
] as const;

/** Builds, by both builders. */
export const buildCases = [
  ...cases(either, "classic"),
  ...cases(classicOnly, "classic"),
  ...cases(either, "buildkit"),
  ...cases(buildkitOnly, "buildkit"),
];
