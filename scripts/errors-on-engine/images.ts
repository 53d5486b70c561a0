import { cases } from "./error-case.ts";

const own = "docker tag $BASE bakery-own";
const child = "docker create --name bakery-c $BASE\ndocker commit bakery-c bakery-own\ndocker rm bakery-c";

/** Images that are not there, in use, or badly named; registries that can't be reached. */
export const imageCases = cases([
  ["The image was not found on this computer", "docker image inspect bakery-none"],
  ["The image was not found on this computer", "docker tag bakery-none bakery-other"],
  ["The image was not found on this computer", "docker rmi bakery-none"],
  ["The image was not found on this computer", "docker history bakery-none"],
  ["The image was not found on this computer", "docker save -o x.tar bakery-none"],
  ["The image was not found on this computer", "docker run --rm --pull never --name bakery-a bakery-none"],
  ["The image was not found on this computer", "docker push localhost:1/bakery-none"],
  [
    "The image is used by a stopped container",
    `${child}\ndocker create --name bakery-a bakery-own\ndocker rmi bakery-own`,
  ],
  [
    ["The image is used by a running container", "The image is used by a stopped container"],
    `${child}\ndocker run -d --name bakery-a bakery-own sleep 60\ndocker rmi bakery-own`,
  ],
  [
    "The image is used by a running container",
    `${child}\ndocker run -d --name bakery-a bakery-own sleep 60\ndocker rmi -f $(docker image inspect -f '{{.Id}}' bakery-own)`,
  ],
  [
    "The image has several names",
    `${child}\ndocker tag bakery-own bakery-second\ndocker rmi $(docker image inspect -f '{{.Id}}' bakery-own)`,
  ],
  [
    "Other images are built on this one",
    `${child}\ndocker create --name bakery-a bakery-own\ndocker commit bakery-a bakery-child\ndocker rm bakery-a\ndocker rmi -f $(docker image inspect -f '{{.Id}}' bakery-own)`,
  ],
  ["Image names are lower-case", "docker run --rm --name bakery-a Bakery/App"],
  ["Image names are lower-case", "docker tag $BASE Bakery"],
  ["Docker can't read the image name", "docker pull bakery:one:two"],
  ["Docker can't read the image name", "docker tag $BASE 'bakery:a b'"],
  ["Docker can't read the image name", "docker run --rm --name bakery-a ''"],
  ["Docker can't read the image name", "docker tag $BASE bakery/:x"],
  ["The registry's name can't be looked up", "docker pull registry.bakery.invalid/app"],
  [
    ["The registry's name can't be looked up", "The registry does not answer in time"],
    "docker run --rm --name bakery-a bakery-none:nowhere",
  ],
  ["The registry does not answer in time", "docker pull 192.0.2.1:5000/app"],
  ["Nothing listens at the registry's address", "docker pull localhost:1/app"],
  [
    "Nothing listens at the registry's address",
    "docker tag $BASE localhost:1/bakery-app\ndocker push localhost:1/bakery-app",
  ],
  ["Nothing listens at the registry's address", "docker login -u ada -p secret localhost:1"],
  [
    "The registry speaks plain HTTP",
    "docker run -d --name bakery-web $BASE httpd -f -p 80\nip=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' bakery-web)\nsleep 1\ndocker pull $ip:80/app",
  ],
  ["docker login needs a terminal", "docker login -u ada localhost:1 </dev/null"],
  [
    "docker load got an archive of docker export",
    "docker create --name bakery-c $BASE\ndocker export -o out.tar bakery-c\ndocker load -i out.tar",
  ],
  [
    ["The archive is damaged or no archive", "The download broke off"],
    "echo nonsense > bad.tar\ndocker load -i bad.tar",
  ],
  ["The archive is not found", "docker load -i nosuch.tar"],
  ["docker save does not write to the screen", `${own}\nscript -qc 'docker save bakery-own' /dev/null`],
  ["All tags and one tag exclude each other", "docker pull -a bakery:one"],
  ["The platform's name is wrong", "docker pull --platform nosuch/x/y/z bakery"],
  ["Something is missing on the command line", "docker rmi"],
]);
