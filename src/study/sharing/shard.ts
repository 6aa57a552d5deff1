/** One of several parts of a study's runs, which need not know of each other. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/**
 * Every count-th run, beginning with the index-th: seeds change fastest and conditions slowest, so parts get some of each
 * condition, and their sizes differ by one at most.
 */
export function ofShard<Run>(runs: readonly Run[], { index, count }: Shard): Run[] {
  return runs.filter((_, place) => place % count === index - 1);
}
