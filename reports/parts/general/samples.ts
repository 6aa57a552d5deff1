import type { Experiment } from "../../../src/study/read.js";
import type { Section } from "../findings.js";
import { pictureOf, samplesPanel, surfacePanel } from "../game/picture.js";
import { isPlaneGan } from "../game/tables.js";
import { conditions } from "./measures.js";

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
    shown.map(async ({ label, runs: [run] }) => ({ label, picture: await pictureOf(run) })),
  );
  const left = drawing.length > mostPictures ? ` The first ${mostPictures} of ${drawing.length} conditions.` : "";
  const { name } = experiment;
  return [
    {
      heading: `${name}: samples`,
      figure: {
        file: `${name}-samples.png`,
        title: `${name}: samples at the end`,
        caption: `Seed ${shown[0].runs[0].seed}. Above: 1000 samples over as many points of the data. Below: the discriminator; white where it cannot tell real from generated.${left}`,
        columns: shown.length,
        panelWidth: 480,
        panelHeight: 510,
        panels: [
          ...pictures.map(({ label, picture }) => samplesPanel(label, picture)),
          ...pictures.map(({ label, picture }) => surfacePanel(label, picture)),
        ],
      },
      content: [],
    },
  ];
}
