import type { Interval } from "../../src/stats/index.js";
import type { Found, Section, Table } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";

/** How a long memory compares with a short one after one change: a row of the report's first screen. */
export interface Effect {
  /** The agent and what it is trained on: `A2C on CartPole`. */
  readonly agent: string;
  /** What changes: `force flips`, `period 25 000 steps`. */
  readonly change: string;
  /** How the gradient is clipped: `none`, `norm 0.5`; `—` where that is no question. */
  readonly clipping: string;
  /** The memories that are compared: `ρ = 0.9` and `ρ = 0.999`. */
  readonly short: string;
  readonly long: string;
  /** The measure at the long memory minus that at the short one, where more is better, with its 95 % interval. */
  readonly difference: Interval;
  /** What is measured, with its unit: `episode length`. */
  readonly measure: string;
  /** Seeds of each side. */
  readonly seeds: number;
  /** Adjusted by Holm's method over the experiment's comparisons. */
  readonly p: number;
  /** The smallest true difference that four of five such studies would have told, in the measure's unit. */
  readonly detectable: number;
}

/** What an experiment of this study makes of its rows. */
export interface AdaptationFound extends Found {
  /** Its rows of the first screen. */
  readonly effects?: readonly Effect[];
  /** What it says of who freezes, why, and what cures it: a sentence or two each, for the first screen. */
  readonly explanations?: readonly string[];
}

const level = 0.05;
export const isTold = ({ p }: Pick<Effect, "p">) => p < level;

/** The report's first screen: which memory wins where, what freezes and what cures it, what could not be told. */
export function overview(found: readonly AdaptationFound[]): Section {
  const effects = found.flatMap((one) => one.effects ?? []);
  const explanations = found.flatMap((one) => one.explanations ?? []);
  return {
    heading: "The answer",
    content: [
      ...(effects.length > 0 ? [winnersText(effects), effectTable(effects)] : []),
      ...(explanations.length > 0 ? [explanations.map((text) => `- ${text}`).join("\n")] : []),
      ...(effects.length > 0 ? [untoldText(effects)] : []),
    ],
  };
}

/** The memory that does better beyond chance, or that this cannot be told. */
const winner = (effect: Effect) =>
  isTold(effect) ? (effect.difference.estimate > 0 ? effect.long : effect.short) : "not told apart";

function winnersText(effects: readonly Effect[]): string {
  const counts = [...groupBy(effects, winner)].map(([name, group]) => `${name} in ${group.length}`);
  return `**Which memory wins?** Of ${effects.length} comparisons: ${listText(counts)}. Differences are long minus short memory, with 95 % intervals; p is Holm's within each experiment; *detectable* is the smallest true difference that a single test would have told in four cases of five.`;
}

function effectTable(effects: readonly Effect[]): Table {
  return {
    header: [
      "agent",
      "change",
      "clipping",
      "better",
      "long − short memory",
      "measure",
      "memories",
      "p",
      "detectable",
      "seeds",
    ],
    rows: effects.map((effect) => [
      effect.agent,
      effect.change,
      effect.clipping,
      isTold(effect) ? `**${winner(effect)}**` : winner(effect),
      intervalText(effect.difference, 3),
      effect.measure,
      `${effect.long}, ${effect.short}`,
      number(effect.p, 2),
      number(effect.detectable, 2),
      String(effect.seeds),
    ]),
  };
}

function untoldText(effects: readonly Effect[]): string {
  const untold = effects.filter((effect) => !isTold(effect));
  if (untold.length === 0)
    return "**What could not be told?** Nothing of the above: every difference is beyond chance.";
  const list = untold.map(
    ({ agent, change, clipping, detectable, measure }) =>
      `${agent}, ${change}, clipping ${clipping} (${number(detectable, 2)}, ${measure})`,
  );
  return `**What could not be told?** ${untold.length} of ${effects.length}; in brackets the smallest effect that could have been seen: ${list.join("; ")}.`;
}
