/**
 * Lines that are typed into the real program and into the bot, in this order. `{id}` is the whole id of `fid-ada`, `{short}` its
 * beginning; names begin with `fid-`, so that lists can be filtered to them on an engine that others use as well.
 */
export const fidelityLines: readonly string[] = String.raw`
docker run -d --name fid-ada cake
docker run -d --name fid-ada cake
docker run --name fid-lin cake bake nuts
docker run --rm cake bake
docker run --rm -e FLAVOUR=lemon cake bake cherries
docker run --rm -e FLAVOUR="dark chocolate" cake bake 'two words'
docker run --rm --entrypoint cat cake /cake/topping
docker run --rm -w / cake pwd
docker run --rm --user 1234:1234 cake id -u
docker run --rm cake sh -c 'exit 7'
docker run --rm cake sh -c 'echo "it is $FLAVOUR"'
docker run --rm --hostname oven cake hostname
docker run --name fid-broken cake nosuchprogram
docker run --rm cake /cake
docker run --rm cake /cake/recipe
docker run --rm cake /nothing
docker run --rm cake nothing-like-this
docker run --rm --entrypoint /cake cake
docker run --nosuchflag cake
docker run
docker run -z cake
docker run -m lots cake
docker run --cpus many cake
docker run -m 4m cake
docker run --name
docker create --name fid-sam -l team=red cake bake raisins
docker create --name 'no good' cake
docker create
docker ps --filter name=fid-
docker ps -a --filter name=fid-
docker ps -a --no-trunc --filter name=fid-
docker ps -aq --filter name=fid-
docker ps -aq --no-trunc --filter name=fid-ada
docker ps -as --filter name=fid-lin
docker ps -a --filter name=fid- --format '{{.Names}}: {{.State}}'
docker ps -a --filter name=fid- --format 'table {{.Names}}\t{{.Image}}\t{{.Command}}'
docker ps -a --filter name=fid- --filter status=exited --format '{{.Names}} {{.Status}}'
docker ps -a --filter label=team=red --format '{{.Names}} {{.Label "team"}}'
docker ps -a --filter name=fid- --filter exited=0 --format '{{json .Names}}'
docker ps --filter name=nothing-like-that
docker ps --filter nosuch=1
docker ps --format '{{.Nosuch}}'
docker ps --format '{{'
docker ps extra
docker container ls --filter name=fid-ada --format '{{upper .Names}}'
docker start fid-sam
docker wait fid-sam
docker logs fid-sam
docker logs fid-lin
docker logs --tail 1 fid-lin
docker logs --tail many fid-lin
docker start -a fid-sam
docker exec fid-ada bake cherries
docker exec fid-ada cat /cake/topping
docker exec fid-ada nosuchprogram
docker exec fid-ada sh -c 'exit 3'
docker exec -e FLAVOUR=rum fid-ada bake
docker exec -w /etc fid-ada pwd
docker exec -u 0 fid-ada id -u
docker exec fid-lin ls
docker exec fid-ada
docker exec nope ls
docker exec fid-ada sh -c 'echo one > /cake/note; rm /cake/recipe 2>/dev/null; ls /cake'
docker diff fid-ada
docker diff fid-lin
docker diff nope
docker diff
docker top fid-broken
docker top nope
docker inspect --format '{{.Name}} {{.State.Status}} {{.State.Running}} {{.State.ExitCode}}' fid-ada fid-lin
docker inspect --format '{{.Id}}' fid-ada
docker inspect --format '{{.Id}}' {short}
docker inspect --format '{{.Config.Image}} {{json .Config.Cmd}} {{.Config.WorkingDir}} {{.Config.User}}' fid-ada
docker inspect --format '{{range .Config.Env}}{{println .}}{{end}}' fid-ada
docker inspect --format '{{len .Config.Env}} {{index .Config.Env 1}} {{json .Config.ExposedPorts}}' fid-ada
docker inspect --format '{{if .State.Running}}up{{else}}down{{end}}' fid-ada fid-lin
docker inspect --format '{{with .State}}{{.Status}} {{.ExitCode}}{{end}}' fid-lin
docker inspect --format '{{printf "%s is %q" .Name .State.Status}}' fid-ada
docker inspect --format '{{json .State.FinishedAt}}' fid-ada
docker inspect --format '{{.Nosuch}}' fid-ada
docker inspect --format '{{nosuch .Id}}' fid-ada
docker inspect --format '{{.Id}}' nope
docker inspect --type container nope
docker inspect nope
docker inspect cake nope --format '{{.Config.WorkingDir}}'
docker image inspect --format '{{len .RootFS.Layers}} {{.Os}} {{json .RepoTags}}' cake
docker image inspect --format '{{.Config.Labels}}' cake
docker image inspect nope
docker container inspect nope
docker commit fid-ada fid-sweet:1
docker commit -m 'with cherries' -a ada -c 'ENV FLAVOUR=rum' -c 'CMD ["bake"]' fid-ada fid-sweet:2
docker commit fid-ada UPPER
docker commit nope fid-x
docker commit
docker run --rm fid-sweet:2
docker run --rm fid-sweet:1 cat /cake/note
docker images fid-sweet
docker images --no-trunc --format '{{.Repository}}:{{.Tag}} {{.Size}}' fid-sweet
docker images -q fid-sweet:1
docker images --format 'table {{.Repository}}\t{{.Tag}}' fid-sweet
docker images --filter reference='fid-sw*:2' --format '{{.Tag}}'
docker images fid-nothing
docker images --filter nosuch=1
docker image ls --format '{{json .Repository}}' fid-sweet
docker history fid-sweet:1
docker history --no-trunc --format '{{.CreatedBy}}|{{.Size}}|{{.Comment}}' fid-sweet:2
docker history -q cake
docker history nope
docker tag fid-sweet:1 fid-tart
docker tag fid-sweet:1 localhost:5000/fid/tart:1.0
docker tag nope fid-x
docker tag fid-sweet:1 Upper
docker tag fid-sweet:1
docker images localhost:5000/fid/tart
docker rmi fid-tart
docker rmi localhost:5000/fid/tart:1.0
docker rmi nope
docker run -d --name fid-eva fid-sweet:1
docker rmi fid-sweet:1
docker rename fid-eva fid-old
docker rename fid-old fid-ada
docker rename fid-old fid-old
docker rename nope fid-x
docker pause fid-old
docker ps --filter name=fid-old --format '{{.Names}} {{.State}}'
docker exec fid-old ls
docker unpause fid-old
docker unpause fid-old
docker pause nope
docker kill fid-old
docker kill fid-old
docker kill nope
docker ps -a --filter name=fid-old --format '{{.Names}} {{.Status}}'
docker rm fid-old
docker rmi fid-sweet:1 fid-sweet:2
docker rm fid-ada
docker stop -t 0 fid-ada
docker stop fid-ada
docker stop nope
docker restart -t 0 fid-ada
docker restart nope
docker start fid-ada
docker start nope
docker start fid-ada nope
docker rm -f fid-ada nope
docker rm fid-lin fid-sam fid-broken
docker rm nope
docker rm
docker nosuch
docker version --format '{{.Client.Version}} {{.Server.Version}} {{.Server.KernelVersion}}'
docker cp nope:/x .
docker wait nope
docker port nope
docker rmi
docker tag
docker stop
docker kill
docker inspect
docker history
docker logs
docker top
docker rename fid-ada
docker exec
docker image prune --help-me
docker ps --all=maybe
docker ps -n x
docker container rm nope
docker image rm nope
`
  .trim()
  .split("\n");
