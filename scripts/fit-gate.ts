import { existsSync, writeFileSync } from "node:fs";
import { type Example, labelled, leftOut, unforeseen } from "./fit/examples.ts";
import { type Fitted, fitGate, fitRanking, round } from "./fit/regress.ts";
import { fitLimit, show, sumTallies, tally } from "./fit/tally.ts";

// Fits src/answers/cards/weights.json. Every phrasing of every card is asked of an index that lacks it, and whole redirects are left out
// to act as topics nobody foresaw. Files of labelled questions named on the command line are added; how well that generalises is
// estimated on them in five folds, each scored by weights that have not seen it. Three tenths of the phrasings are plenty for
// twenty weights; `--dry` only prints.
const base = [...leftOut(10, 3), ...unforeseen(6, 4)];
process.stderr.write("\n");
const files = process.argv.slice(2).filter((file) => existsSync(file));
const extra = files.map(labelled);

const cardsOnly = fitAll(base);
show("cards, each phrasing left out", tally(base, cardsOnly));
const folds = (extra.length ? [0, 1, 2, 3, 4] : []).map((fold) => ({
  fitted: fitAll([...base, ...extra.flatMap((each) => each.filter((_, index) => index % 5 !== fold))]),
  held: (_: Example, index: number) => index % 5 === fold,
}));
const fitted = fitAll([...base, ...extra.flat()]);
extra.forEach((each, index) => {
  const name = files[index];
  show(`${name}, weights from cards only`, tally(each, cardsOnly));
  show(`${name}, five folds`, sumTallies(folds.map((fold) => tally(each.filter(fold.held), fold.fitted))));
  show(`${name}, seen by the fit`, tally(each, fitted));
});
console.log(JSON.stringify(fitted));
const answer = round(fitted.decline + (1 - fitted.decline) * 0.35);
if (!process.argv.includes("--dry")) {
  const target = new URL("../src/answers/cards/weights.json", import.meta.url);
  writeFileSync(target, `${JSON.stringify({ ...fitted, answer }, null, 2)}\n`);
}

function fitAll(examples: readonly Example[]): Fitted {
  const ranking = fitRanking(examples);
  const gate = fitGate(examples, ranking);
  // Real questions decide about the limit where there are any: cards' own phrasings are harder than people's.
  const real = examples.filter(({ weight }) => weight > 1);
  return { ranking, gate, decline: fitLimit(real.length ? real : examples, { ranking, gate }) };
}
