import { spikeStep, stepsToRecover } from "../../../src/theory/spike.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { byMemory, needs, type Spike, spikes } from "../spikes.js";
import { curve, dashes, shapes } from "../styles.js";

/** The spike's jolt and the recovery from it over ρ: whether one is bought with the other. */
export const spikeDamping = defineClaim({
  name: "spike-damping",
  words: "A small ρ is a hard shock absorber, a large ρ a soft one that is over-damped: slow to recover.",
  source: "second chapter, exploding gradients and the shock absorber",
  needs,
  find: async ({ runs }) => finding(await spikes(runs)),
});

/** Whether values never fall, or never rise, from one to the next. */
export const rises = (values: readonly number[]) => values.every((value, i) => i === 0 || value >= values[i - 1]);

function finding(all: readonly Spike[]): Finding {
  const sizes = [...new Set(all.map(({ size }) => size))].sort((a, b) => a - b);
  const groups = sizes.map((size) => byMemory(all, size));
  const harder = groups.every((group) => rises(group.map(({ jolt }) => jolt)));
  const slower = groups.every((group) => rises(group.map(({ lost }) => lost)));
  const hundred = byMemory(all, 100);
  const late = groups.flat().filter(({ recovery, size, rho }) => recovery !== stepsToRecover(rho, size, 0.9));
  const list = hundred
    .map(({ rho, jolt, recovery }) => `${number(jolt, 3)} η and ${recovery} steps at ρ = ${rho}`)
    .join(", ");
  return {
    verdict: harder && slower ? "false" : slower ? "true" : "depends",
    decides: `K = 100, jolt and recovery: ${hundred.map(({ jolt, recovery }) => `${number(jolt, 3)} η/${recovery}`).join(", ")}`,
    because: `One gradient of K among gradients of 1. A large ρ is slow to recover, as the chapter says, but not soft: at K = 100 the jolt and the steps until the step is back at 90 % are ${list}. ${harder ? "Jolt and steps lost both grow with ρ at every K" : "Not both grow with ρ at every K"}: there is no trade of one for the other. The law of the recovery is met to the step in ${groups.flat().length - late.length} of ${groups.flat().length} cases. Of the denominator's response to single spikes only; that a small ρ follows every noise is another matter.`,
    figure: {
      title: `A larger ρ is worse on both counts: at K = 100 from ${number(hundred[0].jolt, 3)} η and ${hundred[0].recovery} steps at ρ = ${hundred[0].rho} to ${number(hundred[hundred.length - 1].jolt, 3)} η and ${number(hundred[hundred.length - 1].recovery)} steps at ρ = ${hundred[hundred.length - 1].rho}`,
      caption:
        "Left: the step after a spike of K = 100. Middle and right: jolt, and steps until the step is back at 90 %, over the memory, with closed forms as lines. Where a spike is small against the memory, (1 − ρ)(K² − 1) < 0.23, the step never falls below 90 %: the jolt has passed whole.",
      columns: 3,
      panelWidth: 620,
      panelHeight: 540,
      panels: [
        {
          title: "Steps after a spike of 100",
          x: { title: "steps after the spike", scale: "logarithmic", min: 1, max: 10_000 },
          y: { title: "step (units of η)", min: 0, max: 1.05 },
          series: hundred.map(({ rho, after }, i) =>
            line(
              `ρ = ${rho}`,
              curve(1, 10_000, (since) => after[Math.min(after.length, Math.round(since)) - 1], "logarithmic"),
              seriesColours[i],
              { dash: dashes[i] },
            ),
          ),
        },
        ...(["jolt", "recovery"] as const).map((what) => ({
          title: what === "jolt" ? "Jolt: the step at the spike" : "Recovery to 90 %",
          x: { title: "memory 1/(1 − ρ)", scale: "logarithmic" as const },
          y: { title: what === "jolt" ? "units of η" : "steps", scale: "logarithmic" as const, min: 1 },
          series: groups.flatMap((group, i) => {
            const law = (memory: number) =>
              what === "jolt"
                ? spikeStep(1 - 1 / memory, group[0].size)
                : stepsToRecover(1 - 1 / memory, group[0].size, 0.9);
            return [
              line("", curve(2, 1000, law, "logarithmic"), seriesColours[i], { dash: dashes[i] }),
              marks(
                `K = ${number(group[0].size)}`,
                group.map((one) => ({ x: 1 / (1 - one.rho), y: one[what] })),
                seriesColours[i],
                {
                  shape: shapes[i % shapes.length],
                },
              ),
            ];
          }),
        })),
      ],
    },
    content: [
      {
        header: ["ρ", "K", "jolt (η)", "recovery to 90 % (steps)", "law"],
        rows: groups
          .flat()
          .map(({ rho, size, jolt, recovery }) => [
            number(rho),
            number(size),
            number(jolt, 4),
            String(recovery),
            String(stepsToRecover(rho, size, 0.9)),
          ]),
      },
    ],
  };
}
