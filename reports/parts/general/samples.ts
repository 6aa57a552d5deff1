import { mean } from "../../../src/stats/index.js";
import type { Experiment, Run } from "../../../src/study/read.js";
import type { Section } from "../findings.js";
import { pictureOf, samplesPanel, surfacePanel } from "../game/picture.js";
import { isPlaneGan } from "../game/tables.js";
import { summaryNumber } from "../select.js";
import { listText, number, seedsText } from "../text.js";
import { type ConditionRuns, conditions } from "./measures.js";

/** As many as there is room for beside each other. */
const mostPictures = 4;

/**
 * What the GANs of an experiment draw at the end, whatever they learn: samples over the data and the decision surface, of
 * one seed of each condition. No section where there are none.
 */
export async function samplesSections(experiment: Experiment): Promise<Section[]> {
  const drawing = conditions(experiment).filter(({ runs }) => isPlaneGan(runs[0]));
  const shown = drawing.slice(0, mostPictures);
  if (shown.length === 0) return [];
  const pictures = await Promise.all(
    shown.map(async ({ label, runs: [run] }) => ({ label, run, picture: await pictureOf(run) })),
  );
  const left = drawing.length > mostPictures ? ` The first ${mostPictures} of ${drawing.length} conditions.` : "";
  const { name } = experiment;
  const { seed } = shown[0].runs[0];
  return [
    {
      heading: `${name}: samples`,
      figure: {
        file: `${name}-samples.png`,
        title: `${name}: ${titleOf(drawing)}`,
        caption: `Samples at the end, of seed ${seed}. Above: 1000 samples over as many points of the data. Below: the discriminator; white where it cannot tell real from generated.${left}`,
        columns: shown.length,
        panelWidth: 480,
        panelHeight: 510,
        panels: [
          ...pictures.map(({ label, run, picture }) => samplesPanel(`${label}${modesText(run)}`, picture)),
          ...pictures.map(({ label, picture }) => surfacePanel(label, picture)),
        ],
      },
      content: [],
    },
  ];
}

const modesOf = (run: Run) => summaryNumber(run, "measured.modes");

/** How many modes a run's generator draws, where its target has modes. */
const modesText = (run: Run) => (Number.isFinite(modesOf(run)) ? `\n${number(modesOf(run))} modes` : "");

/** Which condition draws most modes, where targets have modes. */
function titleOf(drawing: readonly ConditionRuns[]): string {
  const means = drawing.map(({ label, runs }) => ({ label, runs, modes: mean(runs.map(modesOf)) }));
  const known = means.filter(({ modes }) => Number.isFinite(modes));
  if (known.length === 0) return "what the generators draw";
  const [least, most] = [Math.min, Math.max].map((of) => of(...known.map(({ modes }) => modes)));
  const best = known.filter(({ modes }) => modes === most);
  const seeds = seedsText(best[0].runs.length);
  const whose =
    known.length === 1
      ? ""
      : least === most
        ? " under each condition"
        : ` under ${listText(best.map(({ label }) => label))}`;
  return `${known.length > 1 && least < most ? "most modes" : "modes"} drawn${whose}: ${number(most, 3)} (mean of ${seeds})`;
}
