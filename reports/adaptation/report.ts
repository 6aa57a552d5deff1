import type { Findings } from "../parts/findings.js";
import { type ExperimentReport, reportOfParts } from "../parts/report.js";
import { adamRel } from "./adam-rel.js";
import { cartpole } from "./cartpole.js";
import { dose } from "./dose.js";
import { forgetting } from "./forgetting.js";
import { interventions } from "./interventions.js";
import { law } from "./law.js";
import { others } from "./others.js";
import { type AdaptationFound, overview } from "./overview.js";
import { periods } from "./periods.js";
import { scale } from "./scale.js";

/** In the order of the report. To add an experiment, add its part here. */
const parts: readonly ExperimentReport<AdaptationFound>[] = [
  scale,
  law,
  cartpole,
  dose,
  interventions,
  adamRel,
  forgetting,
  periods,
  others,
];

/** What a change does to an agent, by RMSprop's memory: the answer first, then the experiments that it rests on. */
export const adaptationReport = reportOfParts(parts, async (study, present): Promise<Findings> => {
  const found = await Promise.all(present.map((part) => part.find(study)));
  return {
    title: study.title,
    introduction:
      "RMSprop forgets with memory 1/(1 − ρ) updates. Two different times are called adaptation: how long its *step* takes to return to its size after the gradient's scale jumped, which has a closed form, and how long an *agent* takes to perform again after its environment jumped, which has none. This report measures both, jumps up and down apart.",
    cover: overview(found),
    verdicts: found.flatMap(({ verdicts }) => verdicts),
    sections: found.flatMap(({ sections }) => sections),
  };
});
