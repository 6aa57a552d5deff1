import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { line, marks, upright } from "../parts/panel.js";
import { number } from "../parts/text.js";
import type { Cell, Comparison } from "./others-measures.js";
import { isTold } from "./overview.js";

const agents: Readonly<Record<string, string>> = {
  a2c: "A2C",
  ppo: "PPO",
  reinforce: "REINFORCE",
  gradientBandit: "gradient bandit",
};

/** `A2C on Acrobot`. */
export const agentText = ({ agent, environment, optimizer }: Cell) =>
  `${agents[agent] ?? agent} on ${environment.replace(/-v\d+$/, "")}${optimizer === "adam" ? " (Adam)" : ""}`;

/** `none`, `norm 0.5`; a dash where the agent has no clipping. */
export const clippingText = ({ clip }: Cell) =>
  clip === undefined ? "—" : clip === null ? "none" : `norm ${number(clip)}`;

const settingText = (cell: Cell) =>
  `${agentText(cell)}: ${cell.change}${cell.clip === undefined ? "" : cell.clip === null ? ", no clipping" : `, clipped at ${number(cell.clip)}`}`;

const winners = [
  { label: "the long memory is better", colour: colours.blue, shape: "circle" },
  { label: "the short memory is better", colour: colours.vermillion, shape: "triangle" },
  { label: "not told apart", colour: colours.grey, shape: "ring" },
] as const;
const winnerOf = (one: Comparison) => winners[isTold(one) ? (one.difference.estimate > 0 ? 0 : 1) : 2];

/** A forest plot: what a long memory changes in every setting, with intervals and what could have been seen. */
export function othersFigure(all: readonly Comparison[], title: string): Figure {
  const sorted = [...all].sort((a, b) => a.difference.estimate - b.difference.estimate);
  const percent = 100;
  return {
    file: "others.png",
    title,
    caption: `Score at the longest memory minus that at the shortest, each at its tuned learning rate: the mean return over time after the change, in percent of the span from a random policy to the best known. Thick: 95 % intervals of the single difference; told apart where Holm's p over all ${all.length} is below 0.05. Grey, thin: ± the smallest true difference that a single test would have told in four cases of five.`,
    columns: 1,
    panelWidth: 1250,
    panelHeight: 130 + 42 * all.length,
    panels: [
      {
        title: "Long minus short memory",
        x: { title: "difference of the score (% of the span from random to best)" },
        y: {
          title: "",
          labels: sorted.map(({ short }) => settingText(short)),
          ...{ min: -0.5, max: sorted.length - 0.49, stepSize: 1, openEnds: true },
        },
        series: [
          upright("", 0, -0.5, sorted.length - 0.5, colours.grey, { dash: [6, 5] }),
          ...winners.map((winner) =>
            marks(
              sorted.some((one) => winnerOf(one) === winner) ? winner.label : "",
              sorted.map((one, y) => (winnerOf(one) === winner ? { x: percent * one.difference.estimate, y } : null)),
              winner.colour,
              { shape: winner.shape, radius: 8 },
            ),
          ),
          ...sorted.map(({ difference }, y) =>
            line("", across(percent * difference.low, percent * difference.high, y), winnerOf(sorted[y]).colour, {
              width: 3,
            }),
          ),
          ...sorted.map(({ detectable }, y) =>
            line("", across(-percent * detectable, percent * detectable, y - 0.25), colours.grey, { width: 1 }),
          ),
        ],
      },
    ],
  };
}

const across = (low: number, high: number, y: number) => [
  { x: low, y },
  { x: high, y },
];
