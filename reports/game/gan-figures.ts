import type { Run } from "../../src/study/read.js";
import { bands } from "../../src/theory/bands.js";
import { number } from "../markdown.js";
import type { Figure } from "../png.js";
import { points, summaryNumber } from "../select.js";
import { chart, colours, line, logarithmicBounds, type Point } from "../theme.js";
import { binnedSpectrum, type MeanPath, meanPath, perfect } from "./measures.js";
import { pictureOf, samplesPanel, surfacePanel } from "./picture.js";

/** One run of a GAN: what its players do at the end, and how they came there. */
export async function ganFigures(run: Run, heading: string): Promise<Figure[]> {
  const picture = await pictureOf(run);
  const modes = picture.modes.x.length;
  return [
    {
      file: "samples.png",
      title: heading,
      caption: `Left: what the generator draws, over the data; ${verdict(run, modes)}. Right: the discriminator; white where it cannot tell real from generated, coloured where it can.`,
      columns: 2,
      panelWidth: 660,
      panelHeight: 660,
      panels: [
        samplesPanel("The generator's samples", picture),
        surfacePanel("The discriminator's decision surface", picture),
      ],
    },
    await courseFigure(run, heading, modes),
  ];
}

/** How near the generator came to its data, in words. */
function verdict(run: Run, modes: number): string {
  const distance = number(summaryNumber(run, "measured.slicedWasserstein"), 3);
  if (modes === 0) return `the samples' sliced Wasserstein distance is ${distance} data units`;
  const high = number(100 * summaryNumber(run, "measured.highQuality"), 3);
  const covered = `${number(summaryNumber(run, "measured.modes"))} of ${modes} modes`;
  return `${covered}, ${high} % of the samples within 3σ of one (a perfect generator has ${number(100 * perfect.highQuality)} %)`;
}

async function courseFigure(run: Run, heading: string, modes: number): Promise<Figure> {
  const metrics = await run.table("metrics");
  const quality = await run.table("quality");
  const path = await meanPath(run);
  const step = { title: "training step", min: 0 };
  const loss = (player: string) => windowMeans(metrics.step, metrics[`${player}Loss`]);
  const share = (values: ArrayLike<number>, factor: number) =>
    Array.from(values, (value, i) => ({ x: quality.step[i], y: factor * value }));
  return {
    file: "course.png",
    title: `${heading}: the course of the run`,
    caption:
      "The generator's mean is that of its output for 64 fixed latents. Its spectrum is taken over the last half of the run: left of the first dashed line the slow cycle (periods above 50 steps), right of the second the chatter (below 4 steps).",
    columns: 2,
    panelWidth: 760,
    panelHeight: 440,
    panels: [
      modes === 0
        ? chart("Distance from the data", step, { title: "data units", min: 0 }, [
            line("sliced Wasserstein", share(quality.slicedWasserstein, 1), colours.blue),
          ])
        : chart("Coverage and quality", step, { title: "per cent", min: 0, max: 100 }, [
            line(`modes covered, of ${modes}`, share(quality.modes, 100 / modes), colours.vermillion),
            line("samples within 3σ of a mode", share(quality.highQuality, 100), colours.blue),
          ]),
      chart("Losses", step, { title: "mean over 1/200 of the run" }, [
        line("discriminator", loss("discriminator"), colours.orange),
        line("generator", loss("generator"), colours.blue),
      ]),
      chart("Where the generator's mean goes", step, { title: "mean over fixed latents (data units)" }, [
        line("x", points(path.steps, path.x), colours.blue, { width: 1.5 }),
        line("y", points(path.steps, path.y), colours.vermillion, { width: 1.5 }),
      ]),
      spectrumPanel(path),
    ],
  };
}

function spectrumPanel({ spectrum }: MeanPath): Figure["panels"][number] {
  const curve = binnedSpectrum(spectrum).filter(({ y }) => y > 0);
  const { min, max } = logarithmicBounds(curve.map(({ y }) => y));
  const edge = (at: number, label: string) =>
    line(
      label,
      [
        { x: at, y: min },
        { x: at, y: max },
      ],
      colours.grey,
      { dash: [4, 5], hidden: label === "" },
    );
  return chart(
    "What oscillates, and how fast",
    { title: "frequency (cycles per step)", scale: "logarithmic", max: 0.5 },
    { title: "amplitude in 1/12 decade (data units)", scale: "logarithmic", min, max },
    [
      line("generator's mean", curve, colours.blue),
      edge(bands.slowCycle.to, "edges of the bands"),
      edge(bands.chatter.from, ""),
    ],
  );
}

/** Means of a series in 200 windows of equal length, at the windows' centres. */
function windowMeans(steps: ArrayLike<number>, values: ArrayLike<number>, windows = 200): Point[] {
  const width = Math.max(1, Math.ceil(values.length / windows));
  const found: Point[] = [];
  for (let from = 0; from < values.length; from += width) {
    const to = Math.min(from + width, values.length);
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i];
    found.push({ x: (steps[from] + steps[to - 1]) / 2, y: sum / (to - from) });
  }
  return found;
}
