import { cases } from "./error-case.ts";

const run = "docker run --rm --name bakery-a";

/** Volumes, bind mounts and full or read-only file systems. */
export const storageCases = cases([
  ["The bind mount's source does not exist", `${run} --mount type=bind,source=/bakery/nope,target=/x $BASE true`],
  ["A file is mounted onto a folder", `mkdir folder\n${run} -v $PWD/folder:/etc/passwd $BASE true`],
  ["A file is mounted onto a folder", `echo x > file\n${run} -v $PWD/file:/etc $BASE true`],
  ["The mount's target is no absolute path", `${run} -v bakery-v:data $BASE true`],
  ["The mount's target is no absolute path", `${run} --mount type=volume,source=bakery-v,target=data $BASE true`],
  ["The mount's target can't be /", `${run} -v bakery-v:/ $BASE true`],
  ["The mount's mode is wrong", `${run} -v bakery-v:/data:readonly $BASE true`],
  ["That is no volume specification", `${run} -v a:b:c:d $BASE true`],
  ["That is no volume specification", `${run} -v :/data $BASE true`],
  [["A Windows path as mount", "The mount's mode is wrong"], `${run} -v 'C:\\Users\\ada:/data' $BASE true`],
  ["That is no name for a volume", `${run} -v 'my files:/data' $BASE true`],
  ["That is no name for a volume", "docker volume create 'bakery one'"],
  ["That is no name for a volume", `${run} -v ./data/x:/data:ro -v 'b@d:/x' $BASE true`],
  ["A field of --mount is wrong", `${run} --mount type=bind,from=/tmp,target=/x $BASE true`],
  ["A field of --mount is wrong", `${run} --mount type=nosuch,source=/tmp,target=/x $BASE true`],
  ["A field of --mount is wrong", `${run} --mount source=bakery-v $BASE true`],
  ["Two mounts have the same target", `${run} -v bakery-v:/data -v bakery-w:/data $BASE true`],
  ["The volume is in use", "docker create --name bakery-a -v bakery-v:/data $BASE\ndocker volume rm bakery-v"],
  ["There is no such volume", "docker volume rm bakery-none"],
  ["There is no such volume", "docker volume inspect bakery-none"],
  ["The volume driver is not there", "docker volume create -d nosuch bakery-v"],
  ["The volume's options are wrong", "docker volume create --opt nosuch=1 bakery-v"],
  [
    "The volume can't be mounted",
    `docker volume create --opt type=none --opt o=bind --opt device=/bakery/nope bakery-v\n${run} -v bakery-v:/data $BASE true`,
  ],
  ["The file system is read-only", `${run} --read-only $BASE touch /x`],
  ["The file system is read-only", `${run} -v bakery-v:/data:ro $BASE touch /data/x`],
  ["The user may not write there", `${run} -u 1000 $BASE touch /etc/x`],
  ["The user may not write there", `${run} -u 1000 -v bakery-v:/data $BASE touch /data/x`],
  ["No space left on device", `${run} --tmpfs /small:size=64k $BASE dd if=/dev/zero of=/small/x bs=1k count=200`],
  ["Changing the owner is not permitted", `${run} --cap-drop ALL $BASE chown 1000 /tmp`],
  ["The program may not mount", `${run} $BASE mount -t tmpfs none /mnt`],
  ["Mount propagation does not go there", `mkdir folder\n${run} -v $PWD/folder:/data:shared $BASE true`],
]);
