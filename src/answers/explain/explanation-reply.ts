import { type Block, button, code, controls, press, type Reply, reply, text } from "../../core/reply.ts";
import type { Curriculum } from "../../curriculum/load.ts";
import { type FollowUps, pageName } from "../cards/answer.ts";
import type { Explanation, Problem } from "./explanation.ts";

/** How many problems and parts are told on one screen. */
const most = { problems: 3, parts: 14 };

/** An explanation as a reply: what is wrong first, then what it does, then part by part. */
export function explanationReply(
  { concept, what, problems, parts, partsTitle = "Part by part" }: Explanation,
  { curriculum, offers }: { curriculum: Curriculum; offers: FollowUps },
): Reply {
  const card = curriculum.concepts.get(concept);
  const [worst, ...lesser] = problems.slice(0, most.problems);
  const leads = worst !== undefined && worst.weight >= 6;
  const shown = parts.slice(0, most.parts);
  return reply(
    ...(leads ? problemBlocks(worst) : []),
    text(what),
    ...(leads ? lesser : problems.slice(0, most.problems)).flatMap(problemBlocks),
    shown.length > 0 && text(`**${partsTitle}**\n${shown.map((part) => `- ${part}`).join("\n")}`),
    parts.length > shown.length && text(`And ${parts.length - shown.length} more.`),
    card &&
      text(
        `_Explained from what you pasted._ About **${card.title}**: [${pageName(card.sources[0] ?? "")}](${card.sources[0]})`,
      ),
    controls(
      offers.experiments &&
        card?.experiment !== undefined &&
        button("Show me", press("show", { experiment: card.experiment }), "primary"),
      offers.quiz && button("Quiz me on this", press("quiz solo", { topic: concept })),
      offers.sandbox && button("Try it", press("sandbox try", { concept })),
      card && button(`About ${card.title}`.slice(0, 75), press("concept", { name: concept })),
    ),
  );
}

function problemBlocks({ text: words, better }: Problem): Block[] {
  return [text(words), ...(better ? [code(better.source, better.language)] : [])];
}
