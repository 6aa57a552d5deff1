import { colours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { type Axis, diagonal, intervals, logarithmicBounds, marks, type Panel } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import { cartpoleNeeds, recoveryEpisodes, reference } from "./cartpole.js";
import { outermost, pairedDifference, type RecoveryRow, recoveryRows } from "./recovery-measures.js";

/** The time until CartPole's agent performs again after a jump. */
export const recovery = experiment({
  needs: { cartpole: cartpoleNeeds },
  async find({ cartpole: { runs } }) {
    const rows = await recoveryRows(runs);
    const jumps = [...groupBy(rows, ({ phase }) => phase)].filter(([phase]) => phase > 0).map(([, group]) => group);
    const verdicts = jumps.map(verdict);
    return {
      verdicts,
      sections: [
        {
          heading: "CartPole's time to recover against memory",
          figure: figure(rows, verdicts),
          content: [
            `Phases begin from scratch and at each jump. Recovered: the mean return of ${recoveryEpisodes} episodes reaches ${reference}. Median by Kaplan and Meier, since times without recovery are lower bounds. The return at the start is the mean of the first ${recoveryEpisodes} episodes that began in the phase, with its 95 % interval.`,
            table(rows),
          ],
        },
      ],
    };
  },
});

/** Of one jump: the shortest memory against the longest. */
function verdict(rows: readonly RecoveryRow[]): Verdict {
  const { shortest, longest } = outermost(rows);
  const { interval, detectable } = pairedDifference(shortest, longest);
  const decided = interval.low > 0 || interval.high < 0;
  const medians = rows.map(
    ({ rho, median, recovered, recoveries }) =>
      `${median === null ? "none" : number(median, 3)} at ρ = ${rho} (${recovered} of ${recoveries.length} recovered)`,
  );
  return {
    claim: `After ${shortest.label} CartPole takes longer to recover the longer RMSprop's memory.`,
    verdict: decided ? (interval.low > 0 ? "true" : "false") : "not distinguishable",
    because: `Median time in environment steps: ${medians.join(", ")}. From ρ = ${shortest.rho} to ${longest.rho} the memory grows ${number(longest.memorySteps / shortest.memorySteps, 3)}-fold; the paired difference is ${intervalText(interval, 3)} steps, 95 % interval at n = ${shortest.recoveries.length}; the smallest difference that it could have seen (power 80 %) is ${number(detectable, 3)} steps.`,
  };
}

const answers: Record<Verdict["verdict"], string> = {
  true: "recovers later with a longer memory",
  false: "does not recover later with a longer memory",
  depends: "recovers later with some longer memories",
  "not distinguishable": "shows no distinguishable difference between memories",
};

/** What CartPole does after which jump: `recovers later with a longer memory after jump 1 and jump 2`. */
function answerText(verdicts: readonly Verdict[]): string {
  const groups = groupBy(
    verdicts.map(({ verdict }, i) => ({ verdict, jump: `jump ${i + 1}` })),
    ({ verdict }) => verdict,
  );
  return [...groups]
    .map(([verdict, group]) => `${answers[verdict]} after ${listText(group.map(({ jump }) => jump))}`)
    .join("; it ");
}

/** Time to recover against memory, one panel a phase. */
function figure(rows: readonly RecoveryRow[], verdicts: readonly Verdict[]): Figure {
  const phases = [...groupBy(rows, ({ phase }) => phase).values()];
  const times = rows.flatMap(({ recoveries, median }) => [
    ...recoveries.map(({ time }) => time.time),
    median ?? Number.NaN,
  ]);
  const memories = rows.map((row) => row.memorySteps);
  const x = logarithmicBounds(memories, 2);
  const y = logarithmicBounds([...times, ...memories], 2);
  return {
    file: "cartpole-recovery.png",
    title: `CartPole ${answerText(verdicts)}`,
    caption: `From the jump, or the start, until the mean return of ${recoveryEpisodes} episodes reaches ${reference}, 80 % of the highest possible. Crosses never got there before the next jump or the end: their time is a lower bound. Were memory the time to adapt, the medians would lie along the dashed line's slope.`,
    columns: phases.length,
    panelWidth: 620,
    panelHeight: 600,
    panels: phases.map((phase) => panel(phase, x, y)),
  };
}

type Bounds = Required<Pick<Axis, "min" | "max">>;

function panel(rows: readonly RecoveryRow[], x: Bounds, y: Bounds): Panel {
  const seeds = (observed: boolean) =>
    rows.flatMap(({ memorySteps, recoveries }) =>
      recoveries.filter(({ time }) => time.observed === observed).map(({ time }) => ({ x: memorySteps, y: time.time })),
    );
  const medians = rows.map(({ memorySteps, median }) => (median === null ? null : { x: memorySteps, y: median }));
  const ranges = rows.map(({ memorySteps, recoveries }) => {
    const times = recoveries.map(({ time }) => time.time);
    return { x: memorySteps, low: Math.min(...times), high: Math.max(...times) };
  });
  return {
    title: rows[0].label,
    x: { title: "memory 1/(1 − ρ) (environment steps)", scale: "logarithmic", ...x },
    y: { title: "time to recover (environment steps)", scale: "logarithmic", ...y },
    series: [
      diagonal("memory itself", Math.max(x.min, y.min), Math.min(x.max, y.max), colours.grey),
      marks("median", medians, colours.vermillion, { radius: 8, shape: "rect" }),
      ...intervals(ranges, colours.sky),
      marks("recovered, one seed", seeds(true), colours.blue, { radius: 4 }),
      marks("not recovered", seeds(false), colours.black, { radius: 6, shape: "crossRot" }),
    ],
  };
}

function table(rows: readonly RecoveryRow[]): Table {
  return {
    header: ["phase", "ρ", "memory (environment steps)", "return at its start", "recovered", "median time to recover"],
    rows: rows.map((row) => [
      row.label,
      number(row.rho),
      number(row.memorySteps),
      intervalText(row.drop, 3),
      `${row.recovered} of ${row.recoveries.length}`,
      row.median === null ? "none" : number(row.median),
    ]),
  };
}
