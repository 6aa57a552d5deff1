import { z } from "zod";
import { problemTables } from "../../../src/problems/tables.js";
import { tableOf } from "../../../src/study/read.js";
import type { Column } from "../../../src/study/tables.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { listText, number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { categories, dashes, shapes } from "../styles.js";

const needs = z.object({
  steps: z.number(),
  problem: z.object({ copies: z.number(), start: z.number(), noise: z.number(), ways: z.number(), down: z.number() }),
  optimizer: z.object({ name: z.string(), lr: z.number() }),
});

/** Times to leave a saddle, without noise by the distance at the start, and with noise by its size. */
export const saddleEscape = defineClaim({
  name: "saddle-escape",
  words: "RMSprop leaves saddles where SGD stalls.",
  source: "first chapter, saddle points",
  needs,
  find: async ({ runs }) =>
    finding(await escapes(runs), runs[0].config.steps, Math.max(...runs.map(({ config }) => config.problem.copies))),
});

/** How long one optimizer needs to leave one kind of saddle. */
export interface Escape {
  readonly optimizer: string;
  readonly place: string;
  readonly start: number;
  readonly noise: number;
  readonly ways: number;
  readonly down: number;
  /** steps after which a quarter, a half and three quarters of the saddles have been left; infinite where never */
  readonly quartiles: readonly [number, number, number];
}

/** The first step after which at most this share of the saddles is still held. */
function firstAtMost(step: Column, inside: Column, share: number): number {
  const index = Array.from(inside).findIndex((value) => value <= share + 1e-12);
  return index < 0 ? Number.POSITIVE_INFINITY : step[index];
}

export async function escapes(runs: readonly CheckedRun<z.output<typeof needs>>[]): Promise<Escape[]> {
  return Promise.all(
    runs.map(async (run) => {
      const { step, inside } = await tableOf(run, problemTables.metrics, "inside");
      const { start, noise, ways, down } = run.config.problem;
      const [optimizer, place] = [run.condition.optimizer, run.condition.problem];
      const quartiles = [0.75, 0.5, 0.25].map((share) => firstAtMost(step, inside, share)) as [number, number, number];
      return { optimizer, place, start, noise, ways, down, quartiles };
    }),
  );
}

/** Places at which RMSprop's median time is below SGD's, above it, and at which neither leaves. */
export function compared(all: readonly Escape[]) {
  const pairs = [...groupBy(all, ({ place }) => place)].map(([place, group]) => {
    const median = (optimizer: string) => group.find((one) => one.optimizer === optimizer)?.quartiles[1] ?? Number.NaN;
    return { place, noise: group[0].noise, sgd: median("SGD"), rmsprop: median("RMSprop") };
  });
  return {
    faster: pairs.filter(({ sgd, rmsprop }) => rmsprop < sgd),
    slower: pairs.filter(({ sgd, rmsprop }) => rmsprop > sgd),
    held: pairs.filter(({ sgd, rmsprop }) => sgd === Number.POSITIVE_INFINITY && rmsprop === sgd),
  };
}

/** Whether the times of SGD and RMSprop, from quartile to quartile, have none in common at each place with noise. */
export function standApart(all: readonly Escape[]): boolean {
  return [
    ...groupBy(
      all.filter(({ noise }) => noise > 0),
      ({ place }) => place,
    ).values(),
  ].every((group) => {
    const [sgd, rmsprop] = ["SGD", "RMSprop"].map(
      (name) => group.find(({ optimizer }) => optimizer === name)?.quartiles,
    );
    return sgd !== undefined && rmsprop !== undefined && (sgd[2] < rmsprop[0] || rmsprop[2] < sgd[0]);
  });
}

function finding(all: readonly Escape[], limit: number, copies: number): Finding {
  const apart = standApart(all);
  const { faster, slower, held } = compared(all);
  const steps = (value: number) => (Number.isFinite(value) ? number(value) : `more than ${number(limit)}`);
  const text = ({ place, sgd, rmsprop }: (typeof faster)[number]) =>
    `${place}: SGD ${steps(sgd)}, RMSprop ${steps(rmsprop)}`;
  const large = all.filter(({ optimizer }) => optimizer === "SGD, η = 1");
  const most = slower.reduce<(typeof slower)[number] | undefined>(
    (a, b) => (a === undefined || b.noise > a.noise ? b : a),
    undefined,
  );
  return {
    verdict: slower.length + held.length === 0 ? "true" : faster.length > 0 ? "depends" : "false",
    decides: `faster in ${faster.length} places, slower in ${slower.length}, both held in ${held.length}${most === undefined ? "" : `; ${text(most)}`}`,
    because: `Median steps until the distance along a way down is ½, both with η = 0.01; where there is noise over n = ${copies} independent copies, from whose quartiles (in the table) all differences stand apart${apart ? "" : " but some"}. RMSprop is faster at: ${faster.map(text).join("; ")}. Slower at: ${slower.length === 0 ? "none" : slower.map(text).join("; ")}. Both stay at: ${listText(held.map(({ place }) => place))}. Noise both helps SGD to leave and fills RMSprop's v, which then shortens its steps. η is no fair common measure: SGD with η = 1, which the curvature upwards allows, needs ${large.map(({ place, quartiles }) => `${steps(quartiles[1])} (${place})`).join(", ")}.`,
    figure: {
      title: `RMSprop leaves ${faster.length} of ${faster.length + slower.length + held.length} saddles before SGD at equal η${slower.length === 0 ? "" : `, and later ${listText(slower.map(({ place }) => `at ${place}`))}`}`,
      caption:
        "Median steps until the saddle is left, bars from the lower to the upper quartile over the copies. Left: by the distance from the ridge at the start, without noise. Right: by the size of the noise. What is not drawn is not left in time.",
      columns: 2,
      panelWidth: 900,
      panelHeight: 580,
      panels: [
        panel(
          all.filter(({ noise }) => noise === 0),
          "Without noise",
          limit,
        ),
        panel(
          all.filter(({ noise }) => noise > 0),
          "With noise",
          limit,
        ),
      ],
    },
    content: [
      {
        header: ["saddle", ...new Set(all.map(({ optimizer }) => optimizer))],
        rows: [...groupBy(all, ({ place }) => place)].map(([place, group]) => [
          place,
          ...group.map(({ quartiles: [low, middle, high] }) => `${steps(middle)} [${steps(low)}, ${steps(high)}]`),
        ]),
      },
    ],
  };
}

function panel(all: readonly Escape[], title: string, limit: number): Panel {
  const places = [...new Set(all.map(({ place }) => place))];
  const groups = [...groupBy(all, ({ optimizer }) => optimizer)];
  return {
    title,
    x: categories("saddle", places),
    y: { title: "steps until it is left", scale: "logarithmic", min: 1, max: limit },
    series: groups.flatMap(([optimizer, group], i) => {
      const shift = (i - (groups.length - 1) / 2) * 0.08;
      const points = group.map(({ place, quartiles }) => ({ x: places.indexOf(place) + shift, y: quartiles[1] }));
      const bars = group.map(({ place, quartiles: [low, , high] }) => ({
        x: places.indexOf(place) + shift,
        low,
        high,
      }));
      return [
        line("", points, seriesColours[i], { dash: dashes[i], width: 1 }),
        ...bars.map(({ x, low, high }) =>
          line(
            "",
            [
              { x, y: low },
              { x, y: Math.min(high, limit) },
            ],
            seriesColours[i],
            { width: 3 },
          ),
        ),
        marks(optimizer, points, seriesColours[i], { shape: shapes[i % shapes.length], radius: 6 }),
      ];
    }),
  };
}
