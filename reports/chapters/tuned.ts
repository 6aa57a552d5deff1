/** A run of a sweep over the learning rate, and its score: the smaller the better, infinite where it failed. */
export interface Scored {
  readonly lr: number;
  readonly score: number;
}

/** The best of a sweep: the least score, of equal ones the one that comes first. */
export interface Tuned<S extends Scored> {
  readonly best: S;
  /** Whether it stands at an end of the sweep, so that there may be a better one beyond; where none scored it does. */
  readonly atEdge: boolean;
}

/** @param sweep at least one run */
export function tuned<S extends Scored>(sweep: readonly S[]): Tuned<S> {
  const best = sweep.reduce((a, b) => (b.score < a.score ? b : a));
  const rates = sweep.map(({ lr }) => lr);
  const atEdge = best.lr === Math.min(...rates) || best.lr === Math.max(...rates);
  return { best, atEdge: atEdge || !Number.isFinite(best.score) };
}

/**
 * Runs apart by seed: those of the first, on which settings are chosen, and those of the others, which judge them. Of one
 * seed alone both are the same, and no interval is finite.
 *
 * @param runs in the order of their seeds, as an experiment has them
 */
export function chooseAndJudge<R extends { readonly seed: number }>(runs: readonly R[]) {
  const choosing = runs.filter(({ seed }) => seed === runs[0].seed);
  const others = runs.filter(({ seed }) => seed !== runs[0].seed);
  return { choosing, judging: others.length === 0 ? choosing : others };
}
