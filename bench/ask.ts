import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import MiniSearch from "minisearch";
import { createBakehouse } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { silentLog } from "../src/core/log.ts";
import { report, spread } from "./measure.ts";
import { questions } from "./questions.ts";

/** One `ask` through the whole dispatcher beside a bare MiniSearch search on the same cards and answers, question by question in turns. */
export async function benchAsk(): Promise<void> {
  const { app, services, close } = await createBakehouse(
    readConfig({ DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-")), SANDBOX_TOTAL: "0" }),
    silentLog,
  );
  const search = new MiniSearch({ fields: ["title", "ask", "body"] });
  search.addAll(
    [...services.curriculum.current.concepts.values()].map((concept) => ({
      id: concept.id,
      title: [concept.title, ...concept.aliases].join(" "),
      ask: concept.ask.join(" "),
      body: [concept.short, concept.details, concept.deeper].join(" "),
    })),
  );
  search.addAll(
    [...services.curriculum.current.answers.values()].map(({ id, question, wordings, parts }) => ({
      id,
      title: question,
      ask: wordings.join(" "),
      body: parts.map((part) => part.text).join(" "),
    })),
  );
  const bare: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < 12; round++) {
    for (const text of questions) {
      // The tutor remembers what it was asked lately; these are as many blanks away from the last round's.
      const question = text.replaceAll(" ", " ".repeat(round + 1));
      const start = performance.now();
      search.search(question);
      const between = performance.now();
      for await (const _ of app.dispatch({
        command: "ask",
        options: { question },
        caller: {
          person: { id: "bench:1", name: "bench", moderator: false },
          place: { platform: "bench", workspace: "bench", channel: "bench" },
          locale: "en",
          event: "bench:1",
        },
      }));
      if (round < 2) continue;
      bare.push(between - start);
      whole.push(performance.now() - between);
    }
  }
  const [a, b] = [spread(bare), spread(whole)];
  report("ask", {
    unit: "ms",
    p50: b.p50,
    p99: b.p99,
    n: b.n,
    minisearch_p50: a.p50,
    minisearch_p99: a.p99,
    ratio_p50: b.p50 / a.p50,
  });
  await close();
}
