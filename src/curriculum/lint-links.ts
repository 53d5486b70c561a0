import type { Linted } from "./lint.ts";
import type { Kind } from "./read-content.ts";

/** Every id that a file names must be a file, and every misconception needs the run that proves it. */
export function lintLinks({ files, items, report }: Linted): void {
  const need = (from: Kind, id: string, to: Kind, wanted: string | undefined) => {
    if (wanted !== undefined && !files[to].has(wanted)) report(from, id, wanted, `there is no ${to}/${wanted}.md`);
  };
  for (const { id, related, experiment, lab, skills } of items.concepts.values()) {
    for (const other of related) need("concepts", id, "concepts", other);
    if (related.includes(id)) report("concepts", id, "related:", "a concept is not related to itself");
    if (new Set(related).size < related.length) report("concepts", id, "related:", "a related concept is named twice");
    if (new Set(skills).size < skills.length) report("concepts", id, "skills:", "a skill is named twice");
    need("concepts", id, "experiments", experiment);
    need("concepts", id, "labs", lab);
  }
  for (const { id, concept, experiment } of items.misconceptions.values()) {
    need("misconceptions", id, "concepts", concept);
    need("misconceptions", id, "experiments", experiment);
  }
  for (const { id, suggest } of items.redirects.values()) need("redirects", id, "concepts", suggest);
  for (const { id, concept, experiment, options } of items.questions.values()) {
    need("questions", id, "concepts", concept);
    need("questions", id, "experiments", experiment);
    if (!new RegExp(`^${RegExp.escape(concept)}-\\d\\d$`).test(id))
      report("questions", id, "concept:", `the file is named ${concept}- and two digits`);
    for (const { misconception } of options) need("questions", id, "misconceptions", misconception);
  }
  for (const { id, concept } of items.experiments.values()) need("experiments", id, "concepts", concept);
  for (const { id, concepts } of items.labs.values())
    for (const concept of concepts) need("labs", id, "concepts", concept);
}
