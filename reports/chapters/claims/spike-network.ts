import { lowerMedian } from "../../../src/math/lower-median.js";
import { mean, studentInterval } from "../../../src/stats/index.js";
import { seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { line, marks, type Panel } from "../../parts/panel.js";
import { groupBy } from "../../parts/select.js";
import { listText, number } from "../../parts/text.js";
import { type Attack, type AttackedSeed, attacks, firstBatches, needs, tolerance } from "../attacks.js";
import { defineClaim, type Finding } from "../claim.js";
import { pText, type Told, toldOf, toldSign } from "../family.js";
import { categories, dashes, estimates, shapes } from "../styles.js";

/** A trained network struck by an adversarial batch: what it loses, over the memory, beside an undisturbed twin. */
export const spikeNetwork = defineClaim({
  name: "spike-network",
  words:
    "On a network that a bad batch strikes, a small ρ is a hard shock absorber, a large ρ a soft one that is over-damped: slow to recover.",
  source: "second chapter, exploding gradients and the shock absorber",
  needs,
  find: async ({ runs }) => finding(await attacks(runs)),
});

type Measure = "jolt" | "lost";

/** The longest memory against the shortest, by when the batch comes and by measure. */
export interface Comparison extends Told {
  readonly when: string;
  readonly measure: Measure;
}

const withMemory = (all: readonly Attack[]) =>
  all.flatMap((one) => (one.rho === null ? [] : [{ ...one, rho: one.rho }])).sort((a, b) => a.rho - b.rho);

export function comparisons(all: readonly Attack[]): Comparison[] {
  const pairs = [...groupBy(withMemory(all), ({ when }) => when)].flatMap(([when, group]) => {
    const [short, long] = [group[0], group[group.length - 1]];
    return (["jolt", "lost"] as const).map((measure) => ({
      when,
      measure,
      differences: long.seeds.map((one, i) => one[measure] - short.seeds[i][measure]),
    }));
  });
  return toldOf(pairs);
}

/** The claim is of two halves: that a large ρ is softer, and that it is slower. */
export function verdictOf(all: readonly Comparison[]): Finding["verdict"] {
  const signs = (measure: Measure) => all.filter((one) => one.measure === measure).map(toldSign);
  const [jolts, losses] = [signs("jolt"), signs("lost")];
  if ([...jolts, ...losses].every((sign) => sign === 0)) return "not distinguishable";
  if (jolts.every((sign) => sign === 1)) return "false";
  return jolts.every((sign) => sign === -1) && losses.every((sign) => sign === 1) ? "true" : "depends";
}

/** The mean jolt to a thousandth of a nat. */
const joltText = ({ seeds }: Attack) => number(Math.round(1000 * mean(seeds.map(({ jolt }) => jolt))) / 1000);

const medianOf = (seeds: readonly AttackedSeed[], of: (seed: AttackedSeed) => number) => {
  const values = Float64Array.from(seeds, of);
  return lowerMedian(values, new Float64Array(values.length));
};

function finding(all: readonly Attack[]): Finding {
  const found = comparisons(all);
  const ordered = withMemory(all);
  const [rhos, whens] = [[...new Set(ordered.map(({ rho }) => rho))], [...new Set(all.map(({ when }) => when))]];
  const n = all[0].seeds.length;
  const last = ordered.filter(({ when }) => when === whens[whens.length - 1]);
  const jolts = last.map(joltText);
  const sgd = all.filter(({ rho }) => rho === null);
  const { harder, slower } = told(found);
  const held = (attack: Attack) => attack.seeds.filter(({ recovered }) => recovered).length;
  const text = ({ when, measure, difference, p, detectable }: Comparison) =>
    `${measure === "jolt" ? "jolt" : "steps lost"} ${when} ${intervalText(difference, 2)}${measure === "jolt" ? " nats" : ""}, ${pText(p)}, smallest difference that would have shown ${number(detectable, 2)}`;
  return {
    verdict: verdictOf(found),
    decides: `jolt ${jolts.join(", ")} nats at ρ = ${rhos.join(", ")}; SGD recovers in ${sgd.map((one) => `${held(one)} of ${one.seeds.length}`).join(" and ")} runs`,
    because: `A network on two moons; in one batch all labels are wrong and all points lie ten times as far out. Beside an undisturbed run of the same seed and batches, each optimizer at the η tuned on other seeds, n = ${n} pairs of seeds. ρ = ${rhos[rhos.length - 1]} minus ρ = ${rhos[0]}: ${found.map(text).join("; ")} (95 % intervals, p adjusted by Holm over the ${found.length}). The step at the spike is ${last
      .map(({ seeds }) =>
        number(
          medianOf(seeds, ({ step }) => step),
          2,
        ),
      )
      .join(", ")} times the usual one at ρ = ${rhos.join(", ")}${
      sgd.length === 0
        ? ""
        : `, SGD's ${number(
            medianOf(sgd[sgd.length - 1].seeds, ({ step }) => step),
            2,
          )} times`
    }. SGD recovers within the run in ${sgd.map((one) => `${held(one)} of ${one.seeds.length} runs ${one.when}`).join(" and ")}, RMSprop in ${ordered.reduce((sum, one) => sum + held(one), 0)} of ${ordered.reduce((sum, one) => sum + one.seeds.length, 0)}.`,
    figure: {
      title: titleOf(found, last),
      caption: `A batch with wrong labels and far points strikes a classifier; n = ${n} seeds, each against an undisturbed twin on the same batches. Left: mean loss above the twin's over the ${firstBatches} batches after the spike, 95 % intervals, at ${floor} where it is less. Middle: steps until the loss is within ${tolerance} nats of the twin's over 50 batches (the rest of the run where it never is), medians and single seeds. Right: loss above the twin's, mean over the seeds, after the spike ${last[0].when}.`,
      columns: 3,
      panelWidth: 620,
      panelHeight: 540,
      panels: [
        joltPanel(all, whens),
        lostPanel(all, whens),
        excessPanel(all.filter(({ when }) => when === last[0].when)),
      ],
    },
    content: [
      {
        header: ["optimizer", "η", "spike", "step at the spike", "jolt (nats)", "steps lost, median", "recovered"],
        rows: all.map((one) => [
          one.optimizer,
          number(one.lr),
          `${one.when} (step ${one.at})`,
          `${number(
            medianOf(one.seeds, ({ step }) => step),
            3,
          )} ×`,
          intervalText(studentInterval(one.seeds.map(({ jolt }) => jolt)), 3),
          number(medianOf(one.seeds, ({ lost }) => lost)),
          `${held(one)} of ${one.seeds.length}`,
        ]),
      },
      `“Hard” and “soft” are taken by what the spike does to the loss. A small ρ caps the step at 1/√(1 − ρ) of the usual one and forgets the spike within a few steps; a large ρ lets a larger step through and is then slow${harder && slower ? ", so that one does not buy the other" : ""}.`,
    ],
  };
}

/** Whether the longest memory is hit harder, and loses more steps, for certain and every time. */
function told(all: readonly Comparison[]): { harder: boolean; slower: boolean } {
  const always = (measure: Measure) => all.filter((one) => one.measure === measure).every((one) => toldSign(one) === 1);
  return { harder: always("jolt"), slower: always("lost") };
}

function titleOf(found: readonly Comparison[], last: readonly (Attack & { readonly rho: number })[]): string {
  const [short, long] = [last[0], last[last.length - 1]];
  const { harder, slower } = told(found);
  const verdict = listText([
    harder ? "hit harder" : "not hit harder for certain",
    slower ? "slower to recover" : "not slower to recover for certain",
  ]);
  return `With ρ = ${long.rho} a network is ${verdict} than with ρ = ${short.rho}: ${joltText(long)} against ${joltText(short)} nats of loss`;
}

const optimizersOf = (all: readonly Attack[]) => [...new Set(all.map(({ optimizer }) => optimizer))];

/** Where the axis of the jolts ends, in nats: what is less is drawn there. */
const floor = 1e-3;

function joltPanel(all: readonly Attack[], whens: readonly string[]): Panel {
  const names = optimizersOf(all);
  return {
    title: `Jolt: the next ${firstBatches} batches`,
    x: categories("optimizer", names),
    y: { title: "loss above the twin's (nats)", scale: "logarithmic", min: floor },
    series: whens.flatMap((when, i) => {
      const some = all.filter((one) => one.when === when);
      const at = ({ optimizer }: Attack) => names.indexOf(optimizer) + (i - (whens.length - 1) / 2) * 0.2;
      const found = some.map((one) => ({ x: at(one), ...studentInterval(one.seeds.map(({ jolt }) => jolt)) }));
      return estimates(
        when,
        found.map((one) => ({ ...one, estimate: Math.max(floor, one.estimate), low: Math.max(floor, one.low) })),
        seriesColours[i],
        { shape: shapes[i], radius: 7 },
      );
    }),
  };
}

function lostPanel(all: readonly Attack[], whens: readonly string[]): Panel {
  const names = optimizersOf(all);
  return {
    title: "Steps lost",
    x: categories("optimizer", names),
    y: { title: `steps until within ${tolerance} nats`, min: 0 },
    series: whens.flatMap((when, i) => {
      const some = all.filter((one) => one.when === when);
      const at = ({ optimizer }: Attack) => names.indexOf(optimizer) + (i - (whens.length - 1) / 2) * 0.2;
      return [
        marks(
          "",
          some.flatMap((one) => one.seeds.map(({ lost }) => ({ x: at(one), y: lost }))),
          seriesColours[i],
          { shape: shapes[i], radius: 2 },
        ),
        marks(
          when,
          some.map((one) => ({ x: at(one), y: medianOf(one.seeds, ({ lost }) => lost) })),
          seriesColours[i],
          { shape: shapes[i], radius: 7 },
        ),
      ];
    }),
  };
}

function excessPanel(all: readonly Attack[]): Panel {
  const smooth = (excess: readonly number[], i: number) =>
    mean(excess.slice(i - Math.floor(i / 4), i + Math.floor(i / 4) + 1));
  return {
    title: `Loss after the spike ${all[0].when}`,
    x: { title: "batches after the spike", scale: "logarithmic", min: 1 },
    y: { title: "loss above the twin's (nats)", scale: "logarithmic", min: floor },
    series: all.map(({ optimizer, excess }, i) =>
      line(
        optimizer,
        excess.map((_, k) => {
          const y = smooth(excess, k);
          return y > floor ? { x: k + 1, y } : null;
        }),
        seriesColours[i],
        { dash: dashes[i] },
      ),
    ),
  };
}
