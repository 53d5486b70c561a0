/** Words that say nothing about the topic: function words, politeness, and what every question here is about anyway. */
export const stopWords = new Set(
  `a an the this that these those it its it's i i'm i've i'd im me my mine we our us you your yours he she they them their
  is are was were be been being am do does did doing done don't doesn't didn't dont doesnt didnt isn't isnt aren't wasn't
  have has had having haven't hasn't can can't cant cannot could couldn't would wouldn't should shouldn't will won't wont may might must shall
  of in on at to for from by with about as into onto over under up off out than then so too very just only also even still yet
  and or but if because since while though although unless until not no nor yes
  what which who whom whose when where why how what's whats how's there here there's that's thats let let's
  some any all each every few more most much other another such own one ones
  docker dockers help newbie noob beginner know knows knew use uses used using want wants wanted need needs try tries tried trying
  please thanks thank hello hi hey question questions ask asking answer tell told say says said saying explain explained describe mean means meaning
  understand understanding confused confusing get gets got getting go goes going make makes made making thing things something anything everything nothing
  someone anyone everyone people way ways work works working worked error errors fail fails failed failing failure problem problems issue issues wrong
  really actually basically maybe like well ok okay right sure now again ever never always already simple simply easy bit lot lots kind sort
  think thought see seems seem look looks wonder wondering believe guess suppose point
  happen happens happened come comes came take takes took give gives given put puts keep
  whether instead however therefore etc e.g i.e eg ie vs versus
  true false correct statement following option describe possible possibly able various general generally certain
  good best better bad properly correctly proper idea exactly quite pretty lol idk pls plz ur u r n wat wut da
  after before during between through per via both same example actual new
  new-to first second last next time times day today yesterday week`
    .split(/\s+/)
    .filter(Boolean),
);

/** Spellings and phrases that stand for one word; applied in order to lower-case text. */
export const phrases: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9._/-]{2,}):(v?\d[\w.-]*|latest)\b/g, " $1 $2 nametag "],
  [/<none>(?::<none>)?|\bnone:none\b/g, " nonetag "],
  // Beside Docker it is another thing, alone it is asked about as Docker is.
  [/\bpodman\b(?=.{0,80}\bdocker\b)|(?<=\bdocker\b.{0,80})\bpodman\b/g, " podmanitself "],
  [/\b(?:podman|nerdctl|docker\.exe)\b/g, "docker"],
  // The standards say "container image" for what everybody else calls an image.
  [/\b(?:container|oci) (images?)\b/g, " $1 "],
  [/\bcontainer ?files?(?:\/docker ?files?)?\b|\bdocker[ -]?files?\b/g, " dockerfile "],
  [/\b(?:docker|podman)[- ]compose\b|\bcompose\.ya?ml\b|\bcompose files?\b/g, " compose "],
  [/\bdocker[- ]?hub\b|\bhub\.docker\.com\b/g, " dockerhub "],
  [/\bdocker[- ]?desktop\b/g, " dockerdesktop "],
  [
    /\bvirtual[- ]?machines?\b|\bvirtual ?box\b|\bvmware\b|\bhypervisors?\b|\bvirtuali[sz]ation\b|\bvms\b|\bhyper-v\b|\bqemu\b/g,
    " vm ",
  ],
  [/\benv(?:ironment)?[- ]?var(?:iable)?s?\b|\benvironment settings?\b/g, " envvar "],
  [/\.env\b|\benv[- ]?files?\b/g, " envvar file "],
  [/\bcopy[- ]on[- ]write\b/g, " copyonwrite "],
  [/\bmulti[- ]?stages?\b/g, " multistage "],
  [/\bmulti[- ]?(?:arch|platform)\w*\b/g, " multiarch arch "],
  [/\bbind[- ]?mount(?:s|ed|ing)?\b/g, " bindmount mount "],
  [/\b(?:base|parent)[- ]images?\b/g, " baseimage image "],
  [/\bread[- ]?only\b/g, " readonly "],
  [/\bread[- ]?write\b|\bwrit(?:e?able)\b/g, " writable "],
  [/\bbuild[- ]?context\b/g, " buildcontext build "],
  [/\bbuild[- ]?x\b|\bbuild[- ]?kit\b/g, " buildkit build "],
  [
    /\bapple silicon\b|\bm[1-4](?: mac\w*| chip| pro)\b|\baarch64\b|\barm(?:64|v[5-8]|hf)?\b|\braspberry(?: ?pi)?\b|\brpi\b/g,
    " arm arch ",
  ],
  [/\bx86[-_]?64\b|\bamd64\b|\bx86\b|\bx64\b|\bi[36]86\b|\bintel\b/g, " amd arch "],
  [/\bout[- ]of[- ]memory\b|\boom[- ]?kill(?:ed|er)?\b|\boom\b/g, " oom memory "],
  [/\b(?:out of|no|running out of|low on)(?: more)?(?: disk)? space(?: left)?\b/g, " full disk space "],
  [/\b(?:hard|disk) ?drive\b|\bhdd\b|\bssd\b/g, " disk "],
  [/\/var\/lib\/(?:docker|containerd)\S*/g, " dataroot "],
  [/\bhost\.docker\.internal\b/g, " hostinternal localhost "],
  [/\b127\.0\.0\.1\b|\blocal host\b|\bloop ?back\b/g, " localhost "],
  [/\b0\.0\.0\.0(?=:)/g, " hostport "],
  [/\bcontrol[- ]?groups?(?: v2)?\b|\bcgroups?(?:v2)?\b/g, " cgroup "],
  [/\bname ?spaces?\b/g, " namespace "],
  [/\bexit(?:ed)? ?(?:\(|code |status |with )?\(?(\d{1,3})\)?/g, " exit exitcode exit$1 "],
  [/\bget(?:ting)? rid of\b|\bthrow(?:ing)? away\b|\bclear(?:ing)? out\b/g, " remove "],
  [/\b(?:spin|fire|bring|boot)(?:s|ing)? up\b/g, " start "],
  [/\bshut(?:s|ting)?[- ]?down\b|\bturn(?:s|ed|ing)? off\b|\bpower(?:ed)? off\b/g, " stop "],
  [/\b(?:log|sign)(?:ged|ging)?[- ]?in(?:to)?\b/g, " login "],
  [
    /\b(?:look|peek|poke)(?:ing)? (?:inside|into|around)\b|\bsee (?:what is |what's |whats )?(?:inside|in)\b/g,
    " inspect inside ",
  ],
  [
    /\b(?:eli5|explain (?:it )?like (?:i am|i'm|im) (?:5|five|a child)|like i'?m (?:5|five)|(?:in )?layman'?s terms)\b/g,
    " analogy ",
  ],
  [/\b(?:ctrl|control|strg|\^)[- +]?c\b/g, " ctrlc stop "],
  [/\b(?:ctrl|control|\^)[- +]?p\b.{0,8}\b(?:ctrl|control|\^)?[- +]?q\b/g, " detach "],
  [/\bip[- ]?(?:address(?:es)?|addr)\b/g, " ipaddress network "],
  [/\bup[- ]to[- ]date\b/g, " update "],
  [/\b(?:cookie|biscuit)[- ]?cutters?\b/g, " recipe "],
  [
    /\bair[- ]?gap(?:ped)?\b|\bwithout (?:an? )?(?:internet|network)(?: connection| access)?\b|\bno internet\b|\busb(?: stick| drive)?\b/g,
    " offline ",
  ],
  [/\bkey[- ]?values?\b/g, " keyvalue "],
  [/\bpid ?1\b/g, " mainprocess process "],
  [/\bmain process(?:es)?\b/g, " mainprocess process "],
  [/\bset ?up\b/g, " setup "],
];

/** Words that mean the same to a learner; the first of a line stands for all. */
const classes = `
  remove removes removed removing removal rm delete deletes deleted deleting deletion erase purge destroy destroyed uninstall discard
  clean cleanup cleaning cleaned prune pruning free reclaim reclaimed housekeeping tidy
  lost lose loses losing loss gone disappear disappears disappeared vanish vanishes vanished missing wiped reset
  persist persists persisted persistent persistence persistently survive survives survived permanent permanently remain remains preserve preserved retain retained keeping stays stay kept
  stop stops stopped stopping halt halts terminate terminated terminates
  exit exits exited exiting quit quits quitting die dies died dying crash crashes crashed crashing
  start starts started starting launch launches launched launching boot boots
  restart restarts restarted restarting reboot reboots rebooted rebooting autostart
  update updates updated updating upgrade upgrades upgraded upgrading refresh newer newest outdated stale patch
  change changes changed changing modify modifies modified modifying modification edit edits edited editing alter altered mutate
  pull pulls pulled pulling download downloads downloaded downloading fetch fetches fetching
  push pushes pushed pushing upload uploads uploaded uploading
  login logged credentials credential authenticate authentication unauthorized password
  size sizes big bigger biggest large larger huge bloat bloated heavy gb mb gigabyte gigabytes megabytes small smaller smallest shrink shrinking reduce reducing slim minimize tiny lightweight
  list lists listing listed show shows shown showing display displays displayed
  folder folders directory directories dir dirs
  copy copies copied copying cp transfer transferring transferred
  host hosts laptop computer pc desktop
  shell bash sh terminal tty ssh prompt zsh powershell cli
  connect connects connected connecting reach reaches reachable access accessing accessible communicate communication talk talking refused
  network networks networking bridge subnet dns
  port ports
  memory ram swap
  cpu cpus core cores processor processors
  limit limits limited limiting restrict restricted cap constrain constraint constraints quota throttle
  security secure safe safely vulnerability vulnerabilities vulnerable escape escaping breakout hack hacked attacker exploit dangerous risk privilege privileged privileges
  root rootless sudo superuser uid
  difference differences different differ differs compare comparison compared distinguish distinction
  analogy metaphor analogies intuition
  recipe recipes blueprint blueprints template templates cookie
  class classes object objects oop instance instances instantiate
  many multiple several two three four five ten twenty hundred 2 3 4 5 10 20 50 100 twice dozens bunch
  share shares shared sharing reuse reused reuses common duplicate duplicated duplicates deduplicate deduplicated
  layer layers layered layering
  digest digests hash hashes sha sha256 checksum checksums
  tag tags tagged tagging version versions
  latest
  name names named naming rename renamed renaming
  log logs logging logged stdout stderr
  app apps application applications program programs software service services
  database databases db mysql postgres postgresql mongo mongodb mariadb sqlite elasticsearch
  data
  process processes
  detach detached detaching background
  attach attached attaching reattach
  auto automatic automatically automate
  build builds building built rebuild rebuilds rebuilding rebuilt
  cache caches cached caching
  slow slower slowly forever speed fast faster
  inspect inspecting examine contents content details detail metadata
  tar tarball archive zip
  offline
  arch architecture architectures platform platforms
  store stores stored storing storage saved
  location located locate path
  dangling untagged orphan orphaned orphans unused nonetag
  registry registries
  repo repository repositories repos
  kernel kernels
  os operating
  isolate isolated isolation isolates isolating
  volume volumes
  mount mounts mounted mounting
  immutable immutability unchangeable
  ephemeral temporary transient
  expose exposes exposed exposing
  publish publishes published publishing
  container containers contianer conatiner cointainer
  image images img imgs imags
  dockerize dockerise dockerizing dockerized containerize containerise containerizing containerized containerization dockerizing
  entrypoint entrypoints
  command commands cmd
  status state states
  config configure configuration configured configuring configs settings setting
  variable variables
  conflict conflicts already-in-use
  diff
  running run runs ran
  exec execute executes executing executed
  write writes writing written wrote
  file files
  website site webpage page web
  debug debugging troubleshoot
  user users
  policy policies
  force forced forcing forcibly
  kill kills killed killing sigkill
  signal signals sigterm
  export exports exported exporting
  import imports imported importing
  load loads loaded loading
  backup back-up backups
  link links
  server servers machine machines
  linux ubuntu debian distro distribution`;

/** What a word is replaced by before stemming. */
export const canonical = new Map(
  classes
    .split("\n")
    .map((line) => line.trim().split(/\s+/).filter(Boolean))
    .flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)),
);

/** Words that also count as other words. */
export const expansions = new Map<string, readonly string[]>([
  ["rmi", ["rmi", "remove", "image"]],
  ["ps", ["ps", "list"]],
  ["ls", ["list"]],
  ["dockerhub", ["dockerhub", "registry"]],
  ["dockerdesktop", ["dockerdesktop"]],
  ["nonetag", ["nonetag", "dangling"]],
]);
