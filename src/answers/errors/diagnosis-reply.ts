import { controls, type Reply, reply, text } from "../../core/reply.ts";
import type { Curriculum } from "../../curriculum/load.ts";
import type { FollowUps } from "../cards/answer.ts";
import { aboutLine, closing, nextSteps, showPart, sourceLine } from "../retrieval/answer-reply.ts";
import type { Diagnosis } from "./clinic.ts";

/** A diagnosis as a reply: cause, check and fix first, then the output that would decide, the concept in one line, and where to go on. */
export function diagnosisReply(
  { id, concept, parts, sources, asksFor, experiment }: Diagnosis,
  { curriculum, offers }: { curriculum: Curriculum; offers: FollowUps },
): Reply {
  const card = curriculum.concepts.get(concept);
  return reply(
    ...parts.map((part) => showPart(part, {})),
    asksFor !== undefined && text(`Paste what \`${asksFor}\` prints here, and I go on from that.`),
    text([card && aboutLine(card, parts), sourceLine(sources)].filter(Boolean).join("\n")),
    controls(...nextSteps(card, offers, experiment)),
    closing({ id, concept }, offers),
  );
}
