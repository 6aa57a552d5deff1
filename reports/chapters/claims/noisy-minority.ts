import { exp } from "../../../src/math/elementary/exponential.js";
import { geometricMeanInterval } from "../../../src/stats/index.js";
import { colours, seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { line, type Panel } from "../../parts/panel.js";
import { groupBy } from "../../parts/select.js";
import { listText, number, rangeText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { factorText, pText, toldSign, verdictOfSigns } from "../family.js";
import {
  amplifications,
  learned,
  needs,
  type Progress,
  progressOf,
  ratioLaw,
  type Weighting,
} from "../group-progress.js";
import { curve, dashes, estimates, shapes } from "../styles.js";

/** Two groups in one logistic regression: how much longer the smaller one needs, by its share, weighting and optimizer. */
export const noisyMinority = defineClaim({
  name: "noisy-minority",
  words: "A minority whose gradients are noisy learns more slowly under RMSprop, so that bias grows.",
  source: "second chapter, fairness",
  needs,
  find: async ({ runs }) => finding(await progressOf(runs)),
});

const words: Readonly<Record<Weighting, string>> = {
  plain: "few samples of equal weight (sparse gradients)",
  balanced: "few samples weighted up (noisy gradients)",
};

const ratioOf = ({ ratios }: Progress) => geometricMeanInterval([...ratios.values()]);

function finding(all: readonly Progress[]): Finding {
  const found = amplifications(all);
  const n = all[0].ratios.size;
  const count = (weighting: Weighting, sign: number) =>
    found.filter((one) => one.weighting === weighting && toldSign(one) === sign).length;
  const settings = found.filter(({ weighting }) => weighting === "plain").length;
  const smallest = Math.min(...all.map(({ share }) => share));
  const at = (optimizer: string, weighting: Weighting) =>
    all
      .filter((one) => one.optimizer === optimizer && one.weighting === weighting && one.share === smallest)
      .map((one) => intervalText(ratioOf(one), 2))
      .join("");
  const optimizers = [...new Set(all.map(({ optimizer }) => optimizer))];
  const each = (weighting: Weighting) => optimizers.map((name) => `${name} ${at(name, weighting)}`).join(", ");
  return {
    verdict: verdictOfSigns(found.map(toldSign)),
    decides: `against SGD the minority falls back in ${count("balanced", 1)} of ${settings} settings where it is weighted up, catches up in ${count("plain", -1)} of ${settings} where it is not`,
    because: `Logistic regression on two groups with features of their own and the same best parameters, n = ${n} seeds, η small and fixed. Steps until ${100 * learned} % of the excess loss are left, minority over majority, at a share of ${smallest}: weighted up to equal weight ${each("balanced")}; plainly weighted ${each("plain")} (geometric means, 95 % intervals). Against SGD by seed, Holm over ${found.length} comparisons at 5 %: weighted up, the minority is put further back in ${count("balanced", 1)} of ${settings} settings and helped in ${count("balanced", -1)}; plainly weighted it is helped in ${count("plain", -1)} and put further back in ${count("plain", 1)}. The smallest factor between ratios that would have shown: ${rangeText(found.map(({ detectable }) => exp(detectable)))}.`,
    figure: {
      title: `Normalised steps put a minority back in ${count("balanced", 1)} of ${settings} settings where it is noisy, and help it in ${count("plain", -1)} of ${settings} where it is sparse`,
      caption: `Steps until ${100 * learned} % of a group's excess loss are left: minority over majority, geometric means over n = ${n} seeds with 95 % intervals. Lines: speeds at the start, E g for SGD and E g/√E g² for normalised steps. Right: what is left of the minority's excess loss minus the majority's, mean over the seeds, at a share of ${middleShare(all)}.`,
      columns: 3,
      panelWidth: 620,
      panelHeight: 540,
      panels: [
        ratioPanel(all, "balanced"),
        ratioPanel(all, "plain"),
        gapPanel(all.filter(({ share }) => share === middleShare(all))),
      ],
    },
    content: [
      {
        header: ["optimizer", "η", "minority", "share", "times as long", "law", "over SGD's ratio", "p (Holm)"],
        rows: all.map((one) => {
          const against = found.find(
            ({ optimizer, share, weighting }) =>
              optimizer === one.optimizer && share === one.share && weighting === one.weighting,
          );
          return [
            one.optimizer,
            number(one.lr),
            words[one.weighting],
            number(one.share),
            intervalText(ratioOf(one), 3),
            number(ratioLaw(one, one.rule !== "sgd"), 3),
            against === undefined ? "" : factorText(against.difference),
            against === undefined ? "" : pText(against.p),
          ];
        }),
      },
      weightingText(all),
    ],
  };
}

/** What weighting the minority up changes, by optimizer. */
function weightingText(all: readonly Progress[]): string {
  const changes = [...groupBy(all, ({ optimizer }) => optimizer)].map(([optimizer, group]) => {
    const few = group.filter(({ share }) => share < 0.5);
    const factors = few
      .filter(({ weighting }) => weighting === "plain")
      .map((one) => {
        const balanced = few.find(({ share, weighting }) => share === one.share && weighting === "balanced");
        return balanced === undefined ? Number.NaN : ratioOf(one).estimate / ratioOf(balanced).estimate;
      });
    return `${optimizer} by ${rangeText(factors, 3)}`;
  });
  return `Weighting the minority's samples up divides the ratio of times, over the shares below one half: ${listText(changes)}. A step that is normalised for each parameter does not see a factor on a group's loss whose features are its own: what SGD gains by the weights, it has already, and the weights give it nothing.`;
}

const middleShare = (all: readonly Progress[]) => {
  const shares = [...new Set(all.map(({ share }) => share))].filter((share) => share < 0.5).sort((a, b) => b - a);
  return shares[Math.floor((shares.length - 1) / 2)];
};

function ratioPanel(all: readonly Progress[], weighting: Weighting): Panel {
  const some = all.filter((one) => one.weighting === weighting);
  const lowest = Math.min(...some.map(({ share }) => share));
  const law = (normalised: boolean) =>
    curve(lowest, 0.5, (share) => ratioLaw({ ...some[0], share }, normalised), "logarithmic");
  const groups = [...groupBy(some, ({ optimizer }) => optimizer)];
  return {
    title: `Minority of ${words[weighting]}`,
    x: { title: "the minority's share", scale: "logarithmic", min: lowest / 1.3, max: 0.65 },
    y: { title: "times as long as the majority", scale: "logarithmic", min: 0.5, max: 100 },
    series: [
      line("law, SGD", law(false), colours.black, { width: 1 }),
      line("law, normalised", law(true), colours.black, { width: 1, dash: dashes[1] }),
      ...groups.flatMap(([optimizer, group], i) => {
        const shift = 1 + 0.05 * (i - (groups.length - 1) / 2);
        const points = group.map((one) => ({ x: one.share * shift, ...ratioOf(one) }));
        return estimates(optimizer, points, seriesColours[i], { shape: shapes[i % shapes.length], radius: 6 });
      }),
    ],
  };
}

function gapPanel(all: readonly Progress[]): Panel {
  const optimizers = [...new Set(all.map(({ optimizer }) => optimizer))];
  const longest = all.findLast(({ rule }) => rule === "rmsprop")?.optimizer;
  return {
    title: "How far the minority is behind",
    x: { title: "step", scale: "logarithmic", min: all[0].step[0] },
    y: { title: "excess left, minority − majority", min: -0.2, max: 1 },
    series: all
      .filter(({ optimizer, rule }) => optimizer === longest || rule === "sgd")
      .map((one) => {
        const colour = seriesColours[optimizers.indexOf(one.optimizer)];
        const points = one.step.map((x, i) => ({ x, y: one.gap[i] }));
        const kind = one.weighting === "plain" ? "sparse" : "noisy";
        return line(`${one.optimizer}, ${kind}`, points, colour, { dash: kind === "sparse" ? dashes[1] : [] });
      }),
  };
}
