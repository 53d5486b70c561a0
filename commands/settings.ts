import { z } from "zod";
import { type Command, defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { quote } from "../src/core/dispatch.ts";
import { UserError } from "../src/core/errors.ts";
import { privately, type Reply, reply, text } from "../src/core/reply.ts";
import type { Activity } from "../src/core/rules.ts";
import { allChannels } from "../src/settings/channel-rules.ts";
import { showGrantee } from "../src/settings/grantee.ts";
import { describeReach, viewSettings } from "../src/settings/view-settings.ts";

const show = defineCommand({
  name: "settings",
  summary: "For instructors: where quizzes and sandboxes are allowed, and who may moderate",
  moderator: true,
  options: z.object({}),
  // "settings file of docker" is a question.
  claims: (rest) => rest === "",
  run: async (_, context) =>
    viewSettings(
      await context.services.settings.settledAt(context),
      context.services.platforms.of(context.place.platform).words.moderators,
    ),
});

const goesOn = " A quiz that runs already goes on; `quiz daily off` ends a question of the day.";

const channels = (activity: Activity, summary: string): Command =>
  defineCommand({
    name: `settings ${activity}`,
    summary,
    moderator: true,
    options: z.object({
      where: z.enum(["here", "everywhere"]).describe("here: this channel; everywhere: all of them"),
      state: z.enum(["on", "off"]).describe("on or off"),
    }),
    positional: ["where", "state"],
    examples: [`settings ${activity} here on`, `settings ${activity} everywhere on`],
    async run({ where, state }, context): Promise<Reply> {
      const { place, services } = context;
      if (place.direct)
        throw new UserError("Settings belong to a server or workspace. Use this in one of its channels.");
      const channel = where === "here" ? place.channel : allChannels;
      const { reach } = await services.settings.setChannel(context, activity, channel, state === "on");
      const running = activity === "quiz" && state === "off" ? goesOn : "";
      return privately(reply(text(`Settled. ${describeReach(activity, reach[activity])}${running}`)));
    },
  });

const moderators = defineCommand({
  name: "settings moderators",
  summary: "For instructors: let a person or role moderate, or no longer",
  moderator: true,
  mentions: true,
  options: z.object({
    change: z.enum(["add", "remove"]).describe("add or remove"),
    who: z.string().trim().min(1).max(100).describe("The person or role: type @ and choose"),
  }),
  positional: ["change", "who"],
  examples: ["settings moderators add @tutors"],
  async run({ change, who }, context): Promise<Reply> {
    const grantee = granteeOf(who, context);
    const may = change === "add";
    const changed = await context.services.settings.setModerator(context, grantee, may);
    const shown = showGrantee(grantee);
    if (may)
      return privately(
        reply(
          text(
            changed
              ? `${shown} may moderate from now on: end other people's quizzes, and use the commands for instructors.`
              : `${shown} could moderate already.`,
          ),
        ),
      );
    return privately(
      reply(
        text(
          changed
            ? `${shown} is not on the list of moderators any more. Whom the platform itself makes a moderator stays one.`
            : `${shown} was not on the list. Whom the platform itself makes a moderator cannot be taken off here.`,
        ),
      ),
    );
  },
});

function granteeOf(who: string, { place, services }: Context): string {
  if (place.direct) throw new UserError("Moderators belong to a server or workspace. Use this in one of its channels.");
  const { readMention, words } = services.platforms.of(place.platform);
  const found = readMention(who, place);
  if (found && "refused" in found) throw new UserError(found.refused);
  if (found) return found.id;
  throw new UserError(
    `${quote(who)} names nobody I can recognise. Type @ and choose the ${words.named} from the list.`,
  );
}

export default [
  show,
  channels("quiz", "For instructors: allow quizzes for everybody in this channel, or no longer"),
  channels("sandbox", "For instructors: allow sandboxes in this channel, or no longer"),
  moderators,
];
