import { cases } from "./error-case.ts";

const run = "docker run --rm --name bakery-a";
const net = "docker network create --subnet 10.91.0.0/24 bakery-net";
const joined = "docker run -d --name bakery-on --network bakery-net $BASE sleep 60";

/** Networks and the options that go with them. */
export const networkCases = cases([
  ["The network is not there", `${run} --network bakery-none $BASE true`],
  ["The network is not there", "docker network rm bakery-none"],
  ["The network is not there", "docker network inspect bakery-none"],
  ["The network still has containers", `${net}\n${joined}\ndocker network rm bakery-net`],
  ["The network's name is taken", `${net}\ndocker network create bakery-net`],
  ["The addresses overlap with another network's", `${net}\ndocker network create --subnet 10.91.0.0/25 bakery-two`],
  ["The subnet or gateway is wrong", "docker network create --subnet 10.91.0.0 bakery-net"],
  ["The subnet or gateway is wrong", "docker network create --subnet 10.91.0.0/24 --gateway 10.99.0.1 bakery-net"],
  ["Docker's own networks stay", "docker network rm bridge"],
  ["Docker's own networks stay", "docker network create host"],
  [["The network driver is unknown", "A plugin is not found"], "docker network create -d nosuch bakery-net"],
  ["That needs a swarm", "docker network create -d overlay bakery-net"],
  ["The container is already in the network", `${net}\n${joined}\ndocker network connect bakery-net bakery-on`],
  [
    "The container is not in the network",
    `${net}\ndocker run -d --name bakery-on $BASE sleep 60\ndocker network disconnect bakery-net bakery-on`,
  ],
  [
    "The container's network mode can't be changed",
    `${net}\ndocker run -d --name bakery-on --network host $BASE sleep 60\ndocker network connect bakery-net bakery-on`,
  ],
  ["An own address needs an own network", `${run} --ip 172.17.0.9 $BASE true`],
  ["The address is not in the network's range", `${net}\n${run} --network bakery-net --ip 10.92.0.9 $BASE true`],
  [
    "The address is taken in the network",
    `${net}\ndocker run -d --name bakery-on --network bakery-net --ip 10.91.0.9 $BASE sleep 60\n${run} --network bakery-net --ip 10.91.0.9 $BASE true`,
  ],
  ["Aliases need an own network", `${run} --network-alias db $BASE true`],
  [
    "The option does not go with that network mode",
    `docker run -d --name bakery-on $BASE sleep 60\n${run} --network container:bakery-on -p 8080:80 $BASE true`,
  ],
  [
    "The option does not go with that network mode",
    `docker run -d --name bakery-on $BASE sleep 60\n${run} --network container:bakery-on --hostname ada $BASE true`,
  ],
  ["The host name can't be looked up", `${net}\n${run} --network bakery-net $BASE wget -q -O - http://bakery-db:5432`],
  ["The host name can't be looked up", `${net}\n${run} --network bakery-net $BASE ping -c 1 bakery-db`],
  ["The container's localhost is not the host", `${run} $BASE wget -O - http://127.0.0.1:5432`],
  [
    "Nothing listens at that address",
    `${net}\n${joined}\n${run} --network bakery-net $BASE wget -O - http://bakery-on:8080`,
  ],
  ["The container has no network", `${run} --network none $BASE ping -c 1 192.0.2.1`],
]);
