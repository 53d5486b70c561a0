import { cases } from "./error-case.ts";

const run = "docker run --rm --name bakery-a";
/** Puts a file into a container that was not started, and starts it. */
const withFile = (file: string, mode = "755") =>
  `printf '${file}' > start.sh; chmod ${mode} start.sh\ndocker create --name bakery-a $BASE /start.sh\ndocker cp start.sh bakery-a:/start.sh\ndocker start -a bakery-a`;

/** Containers that can't be created or started. */
export const startingCases = cases([
  ["The program to start is not in the image", `${run} $BASE nosuch`],
  ["bash is not in the image", `${run} $BASE bash`],
  ["An option stands behind the image", `${run} $BASE -p 80:80`],
  ["The whole command is one word", `${run} $BASE 'echo hello'`],
  [
    ["The program to start is not in the image", '"no such file", but the script is there'],
    `${run} --entrypoint /nope.sh $BASE`,
  ],
  [["The command is a folder", "The file to start may not be executed"], `${run} $BASE /etc`],
  ["The file to start may not be executed", withFile("#!/bin/sh\\n", "644")],
  ['"no such file", but the script is there', withFile("#!/bin/nosuch\\necho\\n")],
  ['"no such file", but the script is there', withFile("#!/bin/sh\\r\\necho\\r\\n")],
  [["Built for another processor", "The script has no first line"], withFile("\\177ELF\\002\\001\\001")],
  ["The working folder", `${run} -w relative $BASE true`],
  ["The working folder", `${run} -w /etc/passwd $BASE true`],
  ["The user or group is not in the image", `${run} -u nosuch $BASE true`],
  ["The user or group is not in the image", `${run} -u root:nosuch $BASE true`],
  ["Unknown option", `${run} --nosuch $BASE`],
  ["Something is missing on the command line", "docker run"],
  ["docker has no such command", "docker runn $BASE"],
  ["--rm and a restart policy exclude each other", `${run} --restart always $BASE true`],
  ["That is no restart policy", "docker run --name bakery-a --restart sometimes $BASE true"],
  ["No GPU for containers", `${run} --gpus all $BASE true`],
  ["The runtime is unknown", `${run} --runtime nosuch $BASE true`],
  ["The device is not there", `${run} --device /dev/nosuch $BASE true`],
  ["The env file is not found", `${run} --env-file nosuch.env $BASE true`],
  ["The env file can't be read", `printf 'MY VAR=1\\n' > bad.env\n${run} --env-file bad.env $BASE true`],
  ["The logging driver is unknown", `${run} --log-driver nosuch $BASE true`],
  ["The logging driver does not know the option", `${run} --log-opt nosuch=1 $BASE true`],
  ["Memory or CPU limit out of range", `${run} --memory 1m $BASE true`],
  ["Memory or CPU limit out of range", `${run} --cpus 999 $BASE true`],
  ["Memory or CPU limit out of range", `${run} --cpuset-cpus 999 $BASE true`],
  ["Memory or CPU limit out of range", `${run} --memory lots $BASE true`],
  ["An option's value is wrong", `${run} --ulimit nofile=lots $BASE true`],
  ["An option's value is wrong", `${run} --add-host nope $BASE true`],
  ["An option's value is wrong", `${run} --dns nope $BASE true`],
  ["The signal is unknown", `${run} --stop-signal NOSUCH $BASE true`],
  ["An option's value is wrong", `${run} --shm-size lots $BASE true`],
  ["An option's value is wrong", `${run} --mac-address nope $BASE true`],
  ["The soft limit is above the hard limit", `${run} --ulimit nofile=2048:1024 $BASE true`],
  ["Security options and capabilities", `${run} --cap-add NOSUCH $BASE true`],
  ["Security options and capabilities", `${run} --security-opt seccomp=nosuch.json $BASE true`],
  ["A kernel setting can't be set in the container", `${run} --sysctl nosuch.key=1 $BASE true`],
  ["That is no valid port", `${run} -p 99999:80 $BASE true`],
  ["That is no valid port", `${run} -p 80:http $BASE true`],
  ["Ports don't go with host networking", `${run} --network host -p 8080:80 $BASE true`],
  [
    "The host port is taken by another container",
    `docker run -d --name bakery-b -p 18080:80 $BASE sleep 60\n${run} -p 18080:80 $BASE true`,
  ],
  [
    "The host port is taken by a program",
    `docker run -d --name bakery-b --network host $BASE httpd -f -p 18081\nsleep 1\n${run} -p 18081:80 $BASE true`,
  ],
  ["The address is not this computer's", `${run} -p 192.0.2.7:18082:80 $BASE true`],
  ["No such container", `${run} --volumes-from bakery-none $BASE true`],
  ["No such container", `${run} --network container:bakery-none $BASE true`],
  ["No such container", `${run} --link bakery-none $BASE true`],
  [
    "The container to join is not running",
    `docker create --name bakery-b $BASE\n${run} --network container:bakery-b $BASE true`,
  ],
  ["A health check's time is wrong", `${run} --health-cmd true --health-interval 1ns $BASE true`],
  ["The hostname is not valid", `${run} --hostname ${"a".repeat(80)} $BASE true`],
  [
    "The image has no start command",
    "tar -cf - --files-from /dev/null | docker import - bakery-empty\ndocker run --rm --name bakery-a bakery-empty",
  ],
  ["The image is built for another platform (a warning)", `${run} --platform linux/s390x --pull never $BASE true`],
]);
