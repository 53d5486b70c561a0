#!/bin/sh
# Makes the local image bakehouse-base:ci from the machine's static busybox, for places where no registry is reachable.
# Usage: make-base-image.sh [docker command]     Prints the image id.
set -eu
docker=${1:-docker}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/bin" "$root/etc" "$root/home" "$root/root" "$root/tmp" "$root/usr/local/bin" "$root/var"
# Not every storage driver makes / readable by itself.
chmod 755 "$root"
chmod 1777 "$root/tmp"
cp /bin/busybox "$root/bin/busybox"
for applet in $("$root/bin/busybox" --list); do
  [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done
printf 'root:x:0:0:root:/root:/bin/sh\nbaker:x:1000:1000:baker:/home:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' > "$root/etc/passwd"
printf 'root:x:0:\nbaker:x:1000:\nnobody:x:65534:\n' > "$root/etc/group"
tar -C "$root" --owner=0 --group=0 --numeric-owner -cf - . | $docker import --change 'CMD ["sh"]' --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' - bakehouse-base:ci
