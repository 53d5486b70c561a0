import { type Clock, type Finding, fail, ok, warn } from "../core/checks/finding.ts";

/** A `Date` header is cut to whole seconds and travels a while; less than this tells nothing, in ms. */
const noticed = 5_000;
/** Slack, for one, refuses requests signed more than five minutes away: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const most = 300_000;

/** Compares this machine's clock with the nearest of those that were heard. */
export function checkClock(clocks: readonly Clock[]): Finding[] {
  const name = "clock";
  const away = ({ theirs, ours }: Clock) => Math.abs(ours - theirs);
  const nearest = [...clocks].sort((a, b) => away(a) - away(b))[0];
  if (!nearest) return [ok(name, "not compared: no service told the time")];
  const seconds = Math.round(away(nearest) / 1000);
  if (away(nearest) <= noticed) return [ok(name, `agrees with ${nearest.whose}`)];
  const found = `${seconds} seconds ${nearest.ours > nearest.theirs ? "ahead of" : "behind"} ${nearest.whose}`;
  const mend = "Let the machine set its clock by network time, for example `timedatectl set-ntp true`.";
  return away(nearest) < most
    ? [warn(name, found, "Quiz times and the hour of the daily question are off by as much.", mend)]
    : [fail(name, found, "Requests that a platform signs are refused, and times that people see are wrong.", mend)];
}
