import { cases } from "./error-case.ts";

const run = "docker run --rm --name bakery-a";

/** What programs in containers say. */
export const programCases = cases([
  ["The program's port is taken inside the container", `${run} $BASE sh -c 'httpd -p 8080; httpd -f -p 8080'`],
  ["The shell does not find the command", `${run} $BASE sh -c 'nosuch --version'`],
  ["Too many processes", `${run} --pids-limit 4 $BASE sh -c 'sleep 5 & sleep 5 & sleep 5 & sleep 5 & sleep 5 & wait'`],
  ["Too many open files", `${run} --ulimit nofile=3:3 $BASE cat /etc/passwd`],
  [
    "A low port needs a right",
    `${run} --cap-drop ALL -u 1000 --sysctl net.ipv4.ip_unprivileged_port_start=1024 $BASE httpd -f -p 80`,
  ],
  ["A file is not where the program looks", `${run} $BASE cat /app/config.json`],
  ["A file is not where the program looks", `${run} $BASE sh /app/start.sh`],
  ["A file is not where the program looks", `${run} $BASE sh -c 'cd /app'`],
]);
