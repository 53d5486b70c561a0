import { z } from "zod";
import type { Finding } from "../src/core/checks/finding.ts";
import { defineCommand } from "../src/core/command.ts";
import { UserError } from "../src/core/errors.ts";
import { heading, privately, reply, text } from "../src/core/reply.ts";

/** More problems than these are counted only. */
const most = 15;

export default defineCommand({
  name: "doctor",
  summary: "For moderators: looks whether everything works, and says how to mend what does not",
  moderator: true,
  options: z.object({}),
  // "doctor who" is a question.
  claims: (rest) => rest === "",
  async *run(_, { services, place, person }) {
    const { doctor } = services;
    const { moderatorsMend: theirs = [] } = services.platforms.of(place.platform);
    if (!doctor)
      throw new UserError("There is no doctor here. `npm run doctor` on the bot's machine looks at everything.");
    yield privately(reply(text("I am looking at everything; that takes up to a minute.")));
    const findings = await doctor.look(place);
    if (!findings) {
      throw new UserError(
        "The doctor could not look, so nothing is known. `npm run doctor` on the bot's machine says why; please tell the host.",
      );
    }
    const problems = findings.filter(({ state }) => state !== "ok");
    const well = [...new Set(findings.filter(({ state }) => state === "ok").map(({ name }) => name))];
    yield privately(
      reply(
        heading(summarise(findings)),
        ...problems.slice(0, most).map((finding) => text(describe(finding, theirs, person.host === true))),
        problems.length > most && text(`And ${problems.length - most} more.`),
        well.length > 0 && text(`**Well:** ${well.join(", ")}.`),
      ),
    );
  },
});

function summarise(findings: readonly Finding[]): string {
  const count = (state: Finding["state"]) => findings.filter((one) => one.state === state).length;
  const [failed, warned] = [count("fail"), count("warn")];
  const warnings = warned ? `, ${warned} that ${warned === 1 ? "works" : "work"} at a price` : "";
  return `${failed || "Nothing"} to mend${warnings}`;
}

/** `theirs`: what moderators can mend in their own server or workspace; everything else is the host's alone. */
function describe(finding: Finding, theirs: readonly string[], host: boolean): string {
  if (finding.state === "ok") return "";
  const { name, found, means, mend } = finding;
  const label = `**${finding.state === "fail" ? "To mend" : "At a price"}: ${name}**`;
  return host || theirs.includes(name)
    ? `${label}\n${found}. ${means}\n- ${mend}`
    : `${label}\n${means}\n- The host can see more and mend it: \`doctor\` in a direct message, or \`npm run doctor\` on the bot's machine.`;
}
