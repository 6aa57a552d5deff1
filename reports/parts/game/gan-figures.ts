import type { Run } from "../../../src/study/read.js";
import { colours } from "../colours.js";
import type { Figure } from "../findings.js";
import { type Axis, line, type Panel } from "../panel.js";
import { points, summaryNumber } from "../select.js";
import { number } from "../text.js";
import { windowCentre, windowMeans } from "../windows.js";
import { spectrumOfJacobianPanel } from "./eigenvalues.js";
import { binnedSpectrum, type MeanPath, meanPath, perfect } from "./motion.js";
import { pictureOf, samplesPanel, surfacePanel } from "./picture.js";
import { snapshotPictures, stripFigure } from "./snapshots.js";
import { spectrumPanel } from "./spectrum-panel.js";
import { coverageOf, distanceOf, hasSnapshots, lossesOf } from "./tables.js";

/** One run of a GAN: its players at the end, and how they came there. */
export async function ganFigures(run: Run, heading: string): Promise<Figure[]> {
  const picture = await pictureOf(run);
  const modes = picture.modes.x.length;
  return [
    {
      file: "samples.png",
      title: heading,
      caption: `Left: what the generator draws, over the data; ${closeness(run, modes)}. Right: the discriminator; white where it cannot tell real from generated, coloured where it can.`,
      columns: 2,
      panelWidth: 660,
      panelHeight: 660,
      panels: [
        samplesPanel("The generator's samples", picture),
        surfacePanel("The discriminator's decision surface", picture),
      ],
    },
    await courseFigure(run, heading, modes),
    ...(hasSnapshots(run) ? [stripFigure(await snapshotPictures(run), heading)] : []),
    ...jacobianFigures(run, heading),
  ];
}

function jacobianFigures(run: Run, heading: string): Figure[] {
  const panel = spectrumOfJacobianPanel(run);
  if (panel === null) return [];
  return [
    {
      file: "jacobian.png",
      title: `${heading}: the game's Jacobian`,
      caption:
        "The outermost eigenvalues on one batch. Gradient descent moves by minus the gradients: right of the dashed line it attracts, and the further from the axis the more it turns.",
      columns: 1,
      panels: [panel],
    },
  ];
}

/** How near the generator came to its data, in words. */
function closeness(run: Run, modes: number): string {
  const distance = number(summaryNumber(run, "measured.slicedWasserstein"), 3);
  if (modes === 0) return `the samples' sliced Wasserstein distance is ${distance} data units`;
  const high = number(100 * summaryNumber(run, "measured.highQuality"), 3);
  const covered = `${number(summaryNumber(run, "measured.modes"))} of ${modes} modes`;
  return `${covered}, ${high} % of the samples within 3σ of one (a perfect generator has ${number(100 * perfect.highQuality)} %)`;
}

const step: Axis = { title: "training step", min: 0 };

async function courseFigure(run: Run, heading: string, modes: number): Promise<Figure> {
  const path = await meanPath(run);
  return {
    file: "course.png",
    title: `${heading}: the course of the run`,
    caption:
      "The generator's mean is that of its output for 64 fixed latents. Its spectrum is taken over the last half of the run: left of the first dashed line the slow cycle (periods above 50 steps), right of the second the chatter (below 4 steps).",
    columns: 2,
    panelWidth: 760,
    panelHeight: 440,
    panels: [
      modes === 0 ? await distancePanel(run) : await coveragePanel(run, modes),
      await lossesPanel(run),
      meanPanel(path),
      spectrumPanel([
        line(
          "generator's mean",
          binnedSpectrum(path.spectrum).filter(({ y }) => y > 0),
          colours.blue,
        ),
      ]),
    ],
  };
}

async function distancePanel(run: Run): Promise<Panel> {
  const distance = await distanceOf(run);
  const curve = points(distance.step, distance.slicedWasserstein);
  return {
    title: "Distance from the data",
    x: step,
    y: { title: "data units", min: 0 },
    series: [line("sliced Wasserstein", curve, colours.blue)],
  };
}

async function coveragePanel(run: Run, modes: number): Promise<Panel> {
  const coverage = await coverageOf(run);
  const percent = (values: ArrayLike<number>, whole: number) =>
    Array.from(values, (value, i) => ({ x: coverage.step[i], y: (100 / whole) * value }));
  return {
    title: "Coverage and quality",
    x: step,
    y: { title: "per cent", min: 0, max: 100 },
    series: [
      line(`modes covered, of ${modes}`, percent(coverage.modes, modes), colours.vermillion),
      line("samples within 3σ of a mode", percent(coverage.highQuality, 1), colours.blue),
    ],
  };
}

async function lossesPanel(run: Run): Promise<Panel> {
  const losses = await lossesOf(run);
  const last = losses.step[losses.step.length - 1] ?? 0;
  const windows = Math.max(1, Math.min(200, losses.step.length));
  const means = (values: ArrayLike<number>) =>
    windowMeans(losses.step, values, last, windows).map((y, k) => ({ x: windowCentre(k, last, windows), y }));
  return {
    title: "Losses",
    x: step,
    y: { title: `mean over 1/${windows} of the run` },
    series: [
      line("discriminator", means(losses.discriminatorLoss), colours.orange),
      line("generator", means(losses.generatorLoss), colours.blue),
    ],
  };
}

function meanPanel({ steps, x, y }: MeanPath): Panel {
  return {
    title: "Where the generator's mean goes",
    x: step,
    y: { title: "mean over fixed latents (data units)" },
    series: [
      line("x", points(steps, x), colours.blue, { width: 1.5 }),
      line("y", points(steps, y), colours.vermillion, { width: 1.5 }),
    ],
  };
}
