import { cases } from "./error-case.ts";

/** Writes a Compose file of these lines and runs a command on it. */
const compose = (lines: string, command = "up -d") =>
  `printf 'services:\\n' > compose.yaml\ncat >> compose.yaml <<'EOF'\n${lines}\nEOF\nsed -i "s#BASE#$BASE#" compose.yaml\ndocker compose -p bakery ${command}`;
/** A dollar sign, which a template would take for its own. */
const dollar = "$";
const web = "  web:\n    image: BASE\n    command: sleep 60";

/** Compose files with mistakes, and projects that can't start. */
export const composeCases = cases(
  [
    ["There is no Compose file", "docker compose up -d"],
    ["There is no Compose file", "docker compose -f nosuch.yaml up -d"],
    ["The Compose file is no proper YAML", compose("  web:\n    image: BASE\n   command: sleep 60")],
    ["The Compose file is no proper YAML", compose("  web:\n\timage: BASE")],
    ["The Compose file is no proper YAML", compose("  web:\n    image: BASE\n    image: BASE")],
    ["A property is not known to Compose", compose(`${web}\n    port: 80`)],
    ["A property is not known to Compose", compose(`${web}\nnetwork:\n  one: {}`)],
    ["A value in the Compose file has the wrong form", compose(`${web}\n    ports: 80`)],
    ["A value in the Compose file has the wrong form", compose(`${web}\n    environment: yes please`)],
    ["The service uses a network that is not declared", compose(`${web}\n    networks: [back]`)],
    ["The service uses a volume that is not declared", compose(`${web}\n    volumes: ["data:/data"]`)],
    ["The service depends on one that is not there", compose(`${web}\n    depends_on: [db]`)],
    [
      "Services depend on each other in a circle",
      compose(`${web}\n    depends_on: [db]\n  db:\n    image: BASE\n    depends_on: [web]`),
    ],
    ["There is no such service", compose(web, "up -d nosuch")],
    ["The service has neither image nor build", compose("  web:\n    command: sleep 60")],
    ["The variable is not set", compose(`${web}\n    environment:\n      KEY: ${dollar}{BAKERY_NOTHING}`, "config -q")],
    [
      "A required variable is missing",
      compose(`${web}\n    environment:\n      KEY: ${dollar}{BAKERY_NOTHING:?set it}`, "config -q"),
    ],
    [
      "A dollar sign is not meant as a variable",
      compose(`${web}\n    environment:\n      KEY: "pa${dollar}{ss"`, "config -q"),
    ],
    [
      "The version line is obsolete",
      "printf 'version: \"3\"\\nservices:\\n  web:\\n    image: x\\n' > compose.yaml\ndocker compose config -q",
    ],
    ["The env file is not found", compose(`${web}\n    env_file: nosuch.env`)],
    ["The context folder does not exist", compose("  web:\n    build: ./nosuch", "build")],
    [
      "A container of that name already exists",
      compose(`${web}\n    container_name: bakery-a`, "create").replace(
        "docker compose",
        "docker create --name bakery-a $BASE\ndocker compose",
      ),
    ],
    [
      "The host port is taken by another container",
      compose(`${web}\n    ports: ["18090:80"]`).replace(
        "docker compose",
        "docker run -d --name bakery-b -p 18090:80 $BASE sleep 60\ndocker compose",
      ),
    ],
    [
      "An external volume or network is missing",
      compose(`${web}\n    volumes: ["data:/data"]\nvolumes:\n  data:\n    external: true\n    name: bakery-none`),
    ],
    [
      "An external volume or network is missing",
      compose(`${web}\n    networks: [back]\nnetworks:\n  back:\n    external: true\n    name: bakery-none`),
    ],
    [
      "A service that others wait for is unhealthy",
      compose(
        `${web}\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: BASE\n    command: sleep 60\n    healthcheck:\n      test: "false"\n      interval: 1s\n      retries: 1`,
      ),
    ],
    [
      "A service that others wait for has failed",
      compose(
        `${web}\n    depends_on:\n      init:\n        condition: service_completed_successfully\n  init:\n    image: BASE\n    command: "false"`,
      ),
    ],
    [
      "A service that others wait for is unhealthy",
      compose(
        `${web}\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: BASE\n    command: sleep 60`,
      ),
    ],
    [
      "The service is not running",
      compose(web, "exec web true").replace("docker compose", "docker compose -p bakery create\ndocker compose"),
    ],
    [
      "There are orphan containers",
      compose(web, "up -d").replace(
        "docker compose",
        "printf 'services:\\n  old:\\n    image: %s\\n' $BASE > old.yaml; docker compose -p bakery -f old.yaml create\ndocker compose",
      ),
    ],
    [
      "The project's name is not valid",
      "printf 'services:\\n  web:\\n    image: x\\n' > compose.yaml\ndocker compose -p 'My Project' up -d",
    ],
    [
      ["The base image can't be fetched", "The registry's name can't be looked up"],
      compose("  web:\n    image: registry.bakery.invalid/app"),
    ],
  ],
  "compose",
);
