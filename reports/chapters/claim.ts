import type { z } from "zod";
import type { Study } from "../../src/study/read.js";
import type { Figure, Section, Verdict } from "../parts/findings.js";
import { type CheckedExperiment, checkedExperiment } from "../parts/report.js";

/** What the measurements say of a claim. */
export interface Finding {
  readonly verdict: Verdict["verdict"];
  /** The number that decides, in a few words, for the cover's table. */
  readonly decides: string;
  /** The regime in which the verdict holds and the numbers that decide, in a sentence or two. */
  readonly because: string;
  /** Written as `<claim>.png`; its first panel, without legend, is the claim's picture on the cover. */
  readonly figure: Omit<Figure, "file">;
  /** Paragraphs and tables below the figure. */
  readonly content: Section["content"];
}

/** A claim of the chapters, the experiment that tests it, and what its rows are made into. */
export interface Claim {
  /** That of its experiment, of its file here, and of its figure. */
  readonly name: string;
  /** The claim in the chapters' words. */
  readonly words: string;
  /** The chapter and its topic that the claim comes from. */
  readonly source: string;
  readonly needs: readonly string[];
  find(study: Study): Promise<Finding>;
}

/** A claim beside what the measurements say of it. */
export interface TestedClaim extends Finding {
  readonly claim: Claim;
}

/**
 * A claim that the experiment of its name tests.
 *
 * @param needs what is read of the configurations of the experiment's runs, checked before `find`
 * @param find reads rows and summaries, never trains
 */
export function defineClaim<Config>({
  name,
  words,
  source,
  needs,
  find,
}: {
  readonly name: string;
  readonly words: string;
  readonly source: string;
  readonly needs: z.ZodType<Config>;
  find(experiment: CheckedExperiment<Config>): Finding | Promise<Finding>;
}): Claim {
  return { name, words, source, needs: [name], find: async (study) => find(checkedExperiment(study, name, needs)) };
}
