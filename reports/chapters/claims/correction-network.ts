import { exp } from "../../../src/math/elementary/exponential.js";
import { seriesColours } from "../../parts/colours.js";
import { intervals, line, marks, type Panel } from "../../parts/panel.js";
import { groupBy } from "../../parts/select.js";
import { number, rangeText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import {
  type Effect,
  earlyPhases,
  effects,
  firstStep,
  type Measure,
  needs,
  peakAmong,
  type Tuned,
  tunedEffects,
} from "../early-phase.js";
import { factor, factorText, pText, toldSign, verdictOfSigns } from "../family.js";
import { dashes, shapes } from "../styles.js";

/** A small network's first steps under RMSprop from v = 0, with and without bias correction, over ρ and η. */
export const correctionNetwork = defineClaim({
  name: "correction-network",
  words: "From v = 0 the first steps of a network are too large; bias correction steadies its early training.",
  source: "first chapter, initialisation and bias correction",
  needs,
  find: async ({ runs }) => {
    const early = await earlyPhases(runs);
    return finding(effects(early), tunedEffects(early), runs[0].config.steps);
  },
});

export const verdictOf = (all: readonly Effect[]) => verdictOfSigns(all.map(toldSign));

/**
 * Where helping begins, in first steps η/√(1 − ρ): the largest at which correction does not help for certain, and the least
 * at which it does. Null where it never helps.
 */
export function boundary(all: readonly Effect[]): { readonly without: number; readonly from: number } | null {
  const [helped, others] = [1, 0].map((sign) =>
    all.filter((one) => Math.max(0, toldSign(one)) === sign).map(firstStep),
  );
  return helped.length === 0 ? null : { without: Math.max(0, ...others), from: Math.min(...helped) };
}

const words: Readonly<Record<Measure, string>> = { loss: "mean loss", peak: "largest loss" };

function finding(all: readonly Effect[], tuned: readonly Tuned[], steps: number): Finding {
  const n = all[0].seeds;
  const of = (measure: Measure) => all.filter((one) => one.measure === measure);
  const count = (measure: Measure, sign: number) => of(measure).filter((one) => toldSign(one) === sign).length;
  const settings = of("loss").length;
  const limits = (["loss", "peak"] as const).map((measure) => boundaryText(measure, of(measure)));
  const tunedText = tuned.map(({ rho, difference, p }) => `${factorText(difference)} at ρ = ${rho} (${pText(p)})`);
  return {
    verdict: verdictOf(all),
    decides: `correction lowers the early loss in ${count("loss", 1)} of ${settings} settings and raises it in ${count("loss", -1)}; the largest loss in ${count("peak", 1)} and ${count("peak", -1)}`,
    because: `A network on two moons, RMSprop from v = 0, the first ${steps} steps, n = ${n} paired seeds, Holm over ${all.length} comparisons at 5 %. Correction lowers the mean loss in ${count("loss", 1)} of ${settings} settings of ρ and η and raises it in ${count("loss", -1)}, and the largest loss of the first ${peakAmong} batches in ${count("peak", 1)} and ${count("peak", -1)}. The boundary is the uncorrected first step η/√(1 − ρ): ${limits.join("; ")}. With η tuned for each apart (odd seeds choose, even seeds judge, Holm over ${tuned.length}) the mean loss without correction is that with it times ${tunedText.join(", ")}. The smallest factor that would have shown: ${rangeText(
      all.map(({ detectable }) => exp(detectable)),
      3,
    )}.`,
    figure: {
      title: `Bias correction lowers a network's early loss in ${count("loss", 1)} of ${settings} settings and raises it in ${count("loss", -1)}${titleEnd(of("loss"))}`,
      caption: `Loss of the first ${steps} steps without correction over that with it, by seed, n = ${n}: geometric means and 95 % intervals, a mark for each ρ and η. Above 1 correction helps. Left: the mean loss. Right: the largest loss of a batch among the first ${peakAmong} after the first.`,
      columns: 2,
      panelWidth: 860,
      panelHeight: 540,
      panels: [panel(of("loss"), "loss"), panel(of("peak"), "peak")],
    },
    content: [
      {
        header: ["ρ", "η", "η/√(1 − ρ)", "loss of", "uncorrected (nats)", "corrected (nats)", "ratio", "p (Holm)"],
        rows: all.map((one) => [
          number(one.rho),
          number(one.lr),
          number(firstStep(one), 3),
          words[one.measure],
          number(one.plain, 3),
          number(one.corrected, 3),
          factorText(one.difference),
          pText(one.p),
        ]),
      },
      {
        header: ["ρ", "best η uncorrected", "best η corrected", "mean loss, uncorrected over corrected", "p (Holm)"],
        rows: tuned.map((one) => [
          number(one.rho),
          number(one.plainLr),
          number(one.correctedLr),
          factorText(one.difference),
          pText(one.p),
        ]),
      },
    ],
  };
}

function titleEnd(all: readonly Effect[]): string {
  const found = boundary(all);
  return found === null || found.without >= found.from
    ? ""
    : `: it helps from an uncorrected first step of ${number(found.from, 2)} on`;
}

function boundaryText(measure: Measure, all: readonly Effect[]): string {
  const found = boundary(all);
  if (found === null) return `the ${words[measure]} is never lowered for certain`;
  return found.without < found.from
    ? `the ${words[measure]} is lowered from a first step of ${number(found.from, 2)} on and not up to ${number(found.without, 2)}`
    : `the ${words[measure]} is lowered at first steps from ${number(found.from, 2)} on, but not at all of them up to ${number(found.without, 2)}`;
}

function panel(all: readonly Effect[], measure: Measure): Panel {
  const groups = [...groupBy(all, ({ rho }) => rho)];
  const reach = all.map(firstStep);
  const ends = [Math.min(...reach) / 1.5, Math.max(...reach) * 1.5];
  return {
    title: `${words[measure][0].toUpperCase()}${words[measure].slice(1)}, uncorrected over corrected`,
    x: { title: "uncorrected first step η/√(1 − ρ)", scale: "logarithmic", min: ends[0], max: ends[1] },
    y: { title: "ratio", scale: "logarithmic" },
    series: [
      line(
        "",
        ends.map((x) => ({ x, y: 1 })),
        seriesColours[6],
        { width: 1 },
      ),
      ...groups.flatMap(([rho, group], i) => {
        const found = group.map((one) => ({ x: firstStep(one), ...factor(one.difference) }));
        const points = found.map(({ x, estimate }) => ({ x, y: estimate }));
        return [
          ...intervals(found, seriesColours[i]),
          line("", points, seriesColours[i], { width: 1, dash: dashes[i] }),
          marks(`ρ = ${rho}`, points, seriesColours[i], { shape: shapes[i], radius: 6 }),
        ];
      }),
    ],
  };
}
