import { setTimeout as sleep } from "node:timers/promises";
import type { Shown, Table } from "./table.ts";
import type { Transcript } from "./transcript.ts";

/** Who comes, and what they are curious about. */
export interface Guests {
  people: [string, string, string, string, string, string];
  questions: [string, string, string];
  experiment: string;
}

const right = { first: "Once", second: "RUN bake bread" };

/** One evening at one table. `interlude` runs in the middle of the quiz, while its second question is open. */
export async function spendEvening(
  table: Table,
  transcript: Transcript,
  { people, questions, experiment }: Guests,
  interlude: () => Promise<void>,
): Promise<void> {
  const [lead, second, third, ...others] = people;

  async function done(who: string, deed: string, act: () => void, pattern: RegExp): Promise<Shown> {
    table.mark();
    act();
    const shown = await table.see(who, pattern);
    transcript.did(who, deed);
    transcript.shown(who, shown);
    return shown;
  }
  const mention = (who: string, line: string, pattern: RegExp) =>
    done(who, `asks: @Bakehouse ${line}`, () => table.mention(who, line), pattern);
  const command = (who: string, line: string, pattern: RegExp) =>
    done(who, `types \`${table.typed(line)}\``, () => table.command(who, line), pattern);
  const press = (who: string, from: Shown, label: string, pattern: RegExp, words = `[${label}]`) =>
    done(who, `presses ${words}`, () => from.press(who, label), pattern);
  /** Waits for something that comes by itself. */
  async function see(pattern: RegExp): Promise<Shown> {
    const shown = await table.see(lead, pattern);
    transcript.shown(lead, shown);
    return shown;
  }

  transcript.heading("Questions");
  for (const [at, question] of questions.entries()) await mention(people[at] ?? lead, question, /\S/);
  await command(others[0] ?? lead, "concept layers", /layer/i);

  transcript.heading("Sandboxes");
  await ready(lead);
  for (const who of [lead, second, third]) {
    const name = who.toLowerCase();
    await command(who, `docker run -d --name ${name} cake`, /run -d/);
    await command(who, `docker exec ${name} bake ${who === lead ? "cherries" : "plums"}`, /topping/);
  }
  const changes = await command(lead, `docker diff ${lead.toLowerCase()}`, /diff/);
  await press(lead, changes, "My containers", /ps -a/);
  await command(second, "sandbox picture", /writable layer/);

  transcript.heading("An experiment");
  const prediction = await command(lead, `show ${experiment}`, /\?/);
  const guess = prediction.buttons.find((label) => /^(1|A)\b/.test(label)) ?? prediction.buttons[0] ?? "";
  await press(lead, prediction, guess, /predict|guess/i);

  transcript.heading("A quiz for everybody");
  await command(lead, "quiz start topic:shared-kitchen questions:2", /is on/);
  const first = await see(/Question 1 of 2[\s\S]*It closes at/);
  for (const who of people) await answer(who, first, who === third ? "Five times, once in each image" : right.first);
  const revealed = await see(/Question 1 of 2[\s\S]*Why:/);
  await press(third, revealed, "Explain differently", /kitchen|layers/);
  const next = await see(/Question 2 of 2[\s\S]*It closes at/);
  for (const who of [lead, second]) await answer(who, next, right.second);

  table.mark();
  await interlude();
  transcript.note("The host stops the bot and starts it again.");
  const again = await see(/Question 2 of 2[\s\S]*It closes at/);
  for (const who of [third, ...others]) await answer(who, again, who === third ? "EXPOSE 8080" : right.second);
  await see(/Question 2 of 2[\s\S]*Why:/);
  await see(/Quiz ended/);

  transcript.heading("Before they go");
  await command(lead, "quiz scores", /Scores/);
  await command(second, `docker exec ${second.toLowerCase()} bake`, /topping/);
  await command(third, "progress", /\S/);

  async function answer(who: string, question: Shown, words: string): Promise<void> {
    const letter = new RegExp(`([A-E])\\.[ *\`]+${words}\\W*$`, "m").exec(question.text)?.[1] ?? "";
    table.mark();
    question.press(who, letter);
    await table.see(who, /You chose/);
    transcript.did(who, `answers ${transcript.letter(letter)}, privately`);
  }

  /** The engine is still being prepared while people already talk; somebody tries again now and then. */
  async function ready(who: string): Promise<void> {
    for (;;) {
      table.mark();
      table.command(who, "sandbox start");
      const { text } = await table.see(who, /Your sandbox|being prepared/);
      if (!/being prepared/.test(text)) return;
      await sleep(3000);
    }
  }
}
