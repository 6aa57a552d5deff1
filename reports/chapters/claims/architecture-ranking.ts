import { colours, seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { diagonal, logarithmicBounds, marks, type Panel } from "../../parts/panel.js";
import { listText, number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { pText, toldSign } from "../family.js";
import { type Agreement, agreements, lossesOf, needs } from "../rankings.js";
import { categories, estimates, shapes } from "../styles.js";

/** Small networks ranked by their final loss under several optimizers, each network at its own tuned η. */
export const architectureRanking = defineClaim({
  name: "architecture-ranking",
  words: "The optimizer changes the ranking of architectures.",
  source: "second chapter, architecture search",
  needs,
  find: ({ runs }) => finding(agreements(lossesOf(runs))),
});

/** Whether the rankings differ by more than the seeds alone make them. */
export const changes = ({ change, flips }: Pick<Agreement, "change" | "flips">) =>
  toldSign(change) === 1 || flips.length > 0;

const nameOf = ({ other }: Agreement) => `${other.task}, ${other.optimizer}`;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function finding(all: readonly Agreement[]): Finding {
  const changed = all.filter(changes);
  const networks = all[0].sgd.networks.length;
  const n = all[0].sgd.values.length;
  const flips = sum(all.map((one) => one.flips.length));
  const taus = all.map((one) => `${nameOf(one)}: ${intervalText(one.tau, 2)}`);
  const within = all.map(
    (one) =>
      `${nameOf(one)}: ${number(one.within, 2)} against ${number(one.between, 2)}, difference ${intervalText(one.change.difference, 2)}, ${pText(one.change.p)}, smallest that would have shown ${number(one.change.detectable, 2)}`,
  );
  return {
    verdict: changed.length === 0 ? "not distinguishable" : changed.length === all.length ? "true" : "depends",
    decides: `rankings differ beyond the seeds' noise in ${changed.length} of ${all.length} comparisons with SGD; τ ${all.map(({ tau }) => number(tau.estimate, 2)).join(", ")}; ${flips} pairs of networks turn round`,
    because: `${networks} networks (width, depth, activation, layer normalisation), each at the η tuned for it on other seeds, n = ${n} seeds. Kendall's τ of the mean losses with SGD's [95 %, networks as a sample]: ${taus.join("; ")}. Rankings by single seeds agree under one optimizer with τ, and between SGD and the other with τ: ${within.join("; ")} (${Math.floor(n / 2)} disjoint pairs of seeds, Holm over ${all.length}). Pairs of networks that turn round beyond the seeds' noise (both orders told by paired t-tests, Holm over all ${(all.length * networks * (networks - 1)) / 2} pairs at 5 %): ${listText(all.map((one) => `${one.flips.length} (${nameOf(one)})`))}.`,
    figure: {
      title: `Beside SGD the ranking of ${networks} networks differs beyond noise in ${changed.length} of ${all.length} cases; ${flips} pairs turn round for certain`,
      caption: `Left: Kendall's τ between rankings by single seeds, under one optimizer and between SGD and the other, with the τ of the mean losses (95 % interval, networks as a sample). Then the mean final loss of each network, n = ${n} seeds, under SGD and under the other optimizer: what lies off a rising curve is ranked otherwise.`,
      columns: Math.min(4, 1 + all.length),
      panelWidth: 520,
      panelHeight: 520,
      panels: [tauPanel(all), ...all.map(lossPanel)],
    },
    content: [
      {
        header: [
          "task, optimizer",
          "τ with SGD",
          "within",
          "between",
          "difference",
          "p (Holm)",
          "turned round",
          "SGD's best network costs (nats)",
        ],
        rows: all.map((one) => [
          nameOf(one),
          intervalText(one.tau, 2),
          number(one.within, 2),
          number(one.between, 2),
          intervalText(one.change.difference, 2),
          pText(one.change.p),
          String(one.flips.length),
          intervalText(one.regret, 2),
        ]),
      },
      "The last column: the loss under the optimizer at the network that SGD ranks first minus that at the network it ranks first itself, chosen by one half of the seeds and measured on the other.",
      ...all.flatMap((one) => {
        if (one.flips.length === 0) return [];
        const some = one.flips.slice(0, 6).map(({ first, second }) => `${first} before ${second}`);
        return [
          `On ${one.other.task} SGD ranks, against ${one.other.optimizer}: ${some.join("; ")}${one.flips.length > 6 ? "; and others" : ""}.`,
        ];
      }),
    ],
  };
}

function tauPanel(all: readonly Agreement[]): Panel {
  const series = [
    { label: "within an optimizer", of: (one: Agreement) => one.within },
    { label: "between", of: (one: Agreement) => one.between },
  ];
  return {
    title: "Kendall's τ of rankings",
    x: categories("task, optimizer", all.map(nameOf)),
    y: { title: "τ", min: -0.2, max: 1 },
    series: [
      ...series.map(({ label, of }, i) =>
        marks(
          label,
          all.map((one, x) => ({ x: x + (i - 1) * 0.15, y: of(one) })),
          seriesColours[i],
          { shape: shapes[i], radius: 7 },
        ),
      ),
      ...estimates(
        "of the mean losses",
        all.map(({ tau }, x) => ({ x: x + 0.15, ...tau })),
        colours.black,
        { shape: shapes[2], radius: 6 },
      ),
    ],
  };
}

function lossPanel({ sgd, other }: Agreement): Panel {
  const bounds = logarithmicBounds(
    [...sgd.means, ...other.means].filter((loss) => loss < 10),
    1.2,
  );
  const kinds = [...new Set(sgd.networks.map(kindOf))];
  return {
    title: `Loss of each network, ${other.task}`,
    x: { title: "under SGD (nats)", scale: "logarithmic", ...bounds },
    y: { title: `under ${other.optimizer} (nats)`, scale: "logarithmic", ...bounds },
    series: [
      diagonal("", bounds.min, bounds.max, colours.grey),
      ...kinds.map((kind, i) =>
        marks(
          kind,
          sgd.networks.flatMap((name, k) => (kindOf(name) === kind ? [{ x: sgd.means[k], y: other.means[k] }] : [])),
          seriesColours[i],
          { shape: shapes[i % shapes.length], radius: 6 },
        ),
      ),
    ],
  };
}

/** A network's activation and normalisation: its name without the widths. */
const kindOf = (network: string) => network.slice(network.indexOf(" ") + 1);
