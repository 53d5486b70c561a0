import { cases } from "./error-case.ts";

/** The engine that can't be reached, and its own settings. */
export const reachingCases = [
  ...cases([
    ["The Docker engine can't be reached", "DOCKER_HOST=tcp://127.0.0.1:1 docker ps"],
    ["The Docker engine can't be reached", "DOCKER_HOST=unix:///nosuch/docker.sock docker ps"],
    ["DOCKER_HOST is wrong", "DOCKER_HOST=nonsense docker ps"],
    ["The client and the engine are of different ages", "DOCKER_API_VERSION=1.99 docker ps"],
    ["The client and the engine are of different ages", "DOCKER_API_VERSION=1.10 docker ps"],
    ["The Docker context is not there", "docker --context nosuch ps"],
    ["Docker's certificates are not there", "DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=$PWD docker ps"],
    [
      "Docker's client settings can't be read",
      "mkdir conf; echo '{nonsense' > conf/config.json\nDOCKER_CONFIG=$PWD/conf docker ps",
    ],
  ]),
  ...cases(
    [
      [
        "You may not use Docker's socket",
        "chmod 755 .; cd /\nsetpriv --reuid 65534 --regid 65534 --clear-groups docker ps",
      ],
    ],
    "root",
  ),
  ...cases(
    [
      [
        "daemon.json is no proper JSON",
        "echo '{\"debug\": true,}' > daemon.json\ndockerd --config-file $PWD/daemon.json",
      ],
      [
        "daemon.json has a setting that is unknown",
        "echo '{\"nosuch\": true}' > daemon.json\ndockerd --config-file $PWD/daemon.json",
      ],
      [
        "A setting stands in daemon.json and on dockerd's command line",
        "echo '{\"debug\": true}' > daemon.json\ndockerd --debug --config-file $PWD/daemon.json",
      ],
    ],
    "dockerd",
  ),
];
