import {
  button,
  type Control,
  controls,
  heading,
  type Press,
  press,
  privately,
  type Reply,
  reply,
  steps,
  text,
} from "../core/reply.ts";
import type { Curriculum } from "../curriculum/load.ts";
import type { Whereabouts } from "./path.ts";
import { type Next, nextIn, type Standing } from "./standing.ts";

/** A thing to do: why, and the button that does it. */
interface Doing {
  why: string;
  label: string;
  press: Press;
}

/** How many questions a quiz on a chapter asks at most. */
const mostQuestions = 8;

/** All chapters with what is done, and what is next. */
export function viewPath({ all, next }: Whereabouts, curriculum: Curriculum, { labs }: { labs: boolean }): Reply {
  const done = all.filter((one) => one.done).length;
  const doing = doingOf(next, curriculum);
  return privately(
    reply(
      heading("Your path: from the first container to an app in Compose"),
      text(
        done === 0
          ? "Each chapter has cards to read, an experiment to watch, a few questions and a lab. What you know already counts, and you can stop and come back at any time."
          : `${done} of ${all.length} chapters done.`,
      ),
      steps(
        all.map((standing) => ({
          title: `${standing.number}. ${standing.chapter.title}`,
          state: standing.done
            ? "done"
            : "chapter" in next && next.chapter === standing.chapter
              ? "running"
              : "waiting",
          ...(standing.begun && !standing.done && { detail: briefly(standing) }),
        })),
      ),
      !labs && text("_There is no sandbox here right now, so labs wait; everything else works._"),
      text(`**Next for you:** ${doing.why}`),
      controls(button(doing.label, doing.press, "primary"), chapterSelect(all)),
    ),
  );
}

/** One chapter: what is in it, and what of that is done. */
export function viewChapter(
  standing: Standing,
  { all, known }: Whereabouts,
  curriculum: Curriculum,
  { labs }: { labs: boolean },
): Reply {
  const { chapter, number, unread, unasked } = standing;
  const tick = (done: boolean) => (done ? "done" : "open");
  const cards = chapter.concepts.map(
    (id) =>
      `- ${titled(curriculum.concepts, id)} (\`${id}\`)${known.right.has(id) ? ": known" : unread.includes(id) ? "" : ": read"}`,
  );
  const shows = chapter.experiments.map(
    (id) => `- ${titled(curriculum.experiments, id)} (\`${id}\`)${known.seen.experiment.has(id) ? ": watched" : ""}`,
  );
  const tasks = chapter.labs.map(
    (id) => `- ${labLine(id, curriculum)}: ${labState(id, known.labs.get(id), curriculum)}`,
  );
  const next = nextIn(standing, known, { labs });
  const following = all.find(({ number: other }) => other === number + 1);
  const doing = next.kind === "finished" ? undefined : doingOf(next, curriculum);
  return privately(
    reply(
      heading(`${number}. ${chapter.title}`),
      text(chapter.aim),
      text([`**Cards**`, ...cards].join("\n")),
      text([`**Experiments**`, ...shows].join("\n")),
      text(
        `**Questions**: ${tick(unasked.length === 0)}${unasked.length > 0 ? `, ${concepts(unasked.length)} to go` : ""}`,
      ),
      tasks.length > 0 && text([`**Labs**${labs ? "" : " (they need a sandbox)"}`, ...tasks].join("\n")),
      text(doing ? `**Next for you:** ${doing.why}` : "**This chapter is done.**"),
      controls(
        doing && button(doing.label, doing.press, "primary"),
        !doing && following && button(`Next chapter: ${following.chapter.title}`, open(following), "primary"),
        chapter.concepts.length > 0 &&
          next.kind !== "quiz" &&
          button("Quiz me on this chapter", quizOn(chapter.id, chapter.concepts.length)),
        button("The whole path", press("path")),
      ),
    ),
  );
}

function doingOf(next: Next, curriculum: Curriculum): Doing {
  switch (next.kind) {
    case "review":
      return {
        why: `${next.due === 1 ? "one topic is" : `${next.due} topics are`} due for review. Asked again now, they stay with you.`,
        label: "Review first",
        press: press("quiz review"),
      };
    case "concept":
      return {
        why: `read _${titled(curriculum.concepts, next.concept)}_.`,
        label: `Read: ${titled(curriculum.concepts, next.concept)}`,
        press: press("concept", { name: next.concept }),
      };
    case "experiment":
      return {
        why: `watch _${titled(curriculum.experiments, next.experiment)}_ on real containers, and guess first.`,
        label: "Watch the experiment",
        press: press("show", { experiment: next.experiment }),
      };
    case "quiz":
      return {
        why: `questions on ${concepts(next.left)} of _${next.chapter.title}_. Only you see them.`,
        label: "Answer the questions",
        press: quizOn(next.chapter.id, next.left),
      };
    case "lab": {
      const lab = curriculum.labs.get(next.lab);
      return {
        why: `${next.begun ? "go on with" : "do"} the lab _${lab?.title ?? next.lab}_${lab ? `, about ${lab.minutes} minutes` : ""}.`,
        label: next.begun ? "Go on with the lab" : "Start the lab",
        press: press("lab start", { lab: next.lab }),
      };
    }
    case "finished":
      return {
        why: "you have done every chapter. A mixed quiz now and then keeps it fresh.",
        label: "A mixed quiz",
        press: press("quiz solo", { topic: "all" }),
      };
  }
}

const quizOn = (chapter: string, left: number) =>
  press("quiz solo", { topic: chapter, questions: String(Math.min(mostQuestions, Math.max(3, left))) });
const open = ({ chapter }: Standing) => press("path", { chapter: chapter.id });
const concepts = (count: number) => (count === 1 ? "one topic" : `${count} topics`);

function titled(items: ReadonlyMap<string, { title: string }>, id: string): string {
  return items.get(id)?.title ?? id;
}

function briefly({ chapter, unread, unasked, undoneLabs }: Standing): string {
  const of = (left: readonly string[], all: readonly string[]) => `${all.length - left.length} of ${all.length}`;
  const labs = chapter.labs.length > 0 ? `, labs ${of(undoneLabs, chapter.labs)}` : "";
  return `cards ${of(unread, chapter.concepts)}, questions ${of(unasked, chapter.concepts)}${labs}`;
}

function labLine(id: string, { labs }: Curriculum): string {
  const lab = labs.get(id);
  return lab ? `${lab.title} (\`${id}\`), about ${lab.minutes} minutes` : id;
}

function labState(id: string, progress: { step: number; done: boolean } | undefined, { labs }: Curriculum): string {
  if (!progress) return "open";
  return progress.done ? "done" : `at step ${progress.step + 1} of ${labs.get(id)?.steps.length ?? "?"}`;
}

function chapterSelect(all: readonly Standing[]): Control {
  return {
    kind: "select",
    placeholder: "Open a chapter",
    press: press("path"),
    fills: "chapter",
    choices: all
      .slice(0, 25)
      .map(({ number, chapter }) => ({ label: `${number}. ${chapter.title}`, value: chapter.id })),
  };
}
