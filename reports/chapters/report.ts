import type { Findings, Section } from "../parts/findings.js";
import { reportOfParts } from "../parts/report.js";
import type { TestedClaim } from "./claim.js";
import { claims } from "./claims.js";
import { cover } from "./cover.js";

/** The claims of two textbook chapters on RMSprop, each with a verdict: a cover, then a section a claim. */
export const chaptersReport = reportOfParts(claims, async (study, present): Promise<Findings> => {
  const tested = await Promise.all(present.map(async (claim) => ({ claim, ...(await claim.find(study)) })));
  return {
    title: study.title,
    introduction:
      "Two textbook chapters on RMSprop make claims that can be tested. Each has an experiment of its own here, a figure and a verdict; `ringdown run chapters --only <claim>` runs one alone. A verdict holds in the regime that it names: *depends* means that the boundary was measured and is drawn.",
    cover: cover(tested),
    verdicts: tested.map(({ claim, verdict, because }) => ({ claim: claim.words, verdict, because })),
    sections: tested.map(section),
  };
});

function section({ claim: { name, words, source }, figure, content }: TestedClaim): Section {
  return {
    heading: name,
    figure: { ...figure, file: `${name}.png` },
    content: [`“${words}” (${source})`, ...content],
  };
}
