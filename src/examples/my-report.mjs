// A report of one's own: reads what a study has recorded, never trains. node my-report.mjs results/question
import { readStudy } from "ringdown";
import { holm, pairedDifference, smallestDetectableDifference, tTest } from "ringdown/stats";

const { title, experiments } = await readStudy(process.argv[2] ?? "results/question");
const { runs } = experiments.moons;
const scores = new Map();
for (const { condition, seed, summary } of runs) {
  const rho = condition["optimizer.rho"];
  scores.set(rho, [...(scores.get(rho) ?? []), { seed, score: summary.score }]);
}
const bySeed = (rho) =>
  scores
    .get(rho)
    .toSorted((a, b) => a.seed - b.seed)
    .map(({ score }) => score);

const [baseline, ...others] = scores.keys();
const tests = others.map((rho) => {
  const difference = pairedDifference(bySeed(rho), bySeed(baseline));
  return { rho, ...tTest(difference), couldHaveSeen: smallestDetectableDifference(difference) };
});
const adjusted = holm(tests.map(({ p }) => p)); // for as many comparisons as there are

console.log(`# ${title}\n`);
console.log(`| ρ against ${baseline} | accuracy, difference [95 %] | p (Holm) | could have seen |\n|---|---|---|---|`);
for (const [i, { rho, interval, couldHaveSeen }] of tests.entries()) {
  const { estimate, low, high } = interval;
  const [difference, least, most, seen] = [estimate, low, high, couldHaveSeen].map((value) => value.toFixed(4));
  console.log(`| ${rho} | ${difference} [${least}, ${most}] | ${adjusted[i].toFixed(3)} | ${seen} |`);
}
