/** Something to time: one call does the work once. */
export interface Subject {
  readonly name: string;
  readonly engine: string;
  /** What tells subjects of one name and engine apart. */
  readonly variant?: string;
  /** Floating-point operations of one call; null where not counted. */
  readonly operations: number | null;
  /** Environment steps of one call, where it steps environments. */
  readonly stepsPerCall?: number;
  run(): void | Promise<void>;
}

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly engine: string;
  /** what tells rows of one name and engine apart */
  readonly variant?: string;
  /** median over the slices, per call */
  readonly milliseconds: number;
  /** null where the operations are not counted */
  readonly gflops: number | null;
  /** of the machine's measured peak; null where there is none to compare with */
  readonly shareOfPeak: number | null;
  /** environment steps per second, where it steps environments */
  readonly stepsPerSecond?: number;
}

/**
 * Times subjects side by side: after a warm-up every subject runs for a slice of time in turn, again and again, so that
 * a change of the machine's speed meets all of them alike; a row holds the median of its slices. Compare rows of one
 * call only.
 *
 * @param slices how often each subject has its turn
 * @param sliceMilliseconds how long a turn lasts, at least one call
 */
export async function measure(subjects: readonly Subject[], slices = 9, sliceMilliseconds = 150): Promise<Row[]> {
  for (const subject of subjects) await slice(subject, 2 * sliceMilliseconds);
  const times = subjects.map(() => [] as number[]);
  for (let round = 0; round < slices; round++) {
    for (const [i, subject] of subjects.entries()) times[i].push(await slice(subject, sliceMilliseconds));
  }
  return subjects.map(({ name, engine, variant, operations, stepsPerCall }, i) => {
    const milliseconds = times[i].sort((a, b) => a - b)[slices >> 1];
    const gflops = operations === null ? null : operations / (milliseconds * 1e6);
    const rate = stepsPerCall === undefined ? {} : { stepsPerSecond: (1000 * stepsPerCall) / milliseconds };
    const told = variant === undefined ? {} : { variant };
    return { name, engine, ...told, milliseconds, gflops, shareOfPeak: null, ...rate };
  });
}

/** Milliseconds per call over one slice. */
async function slice(subject: Subject, limit: number): Promise<number> {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  // The clock is read after as many calls as there have been, up to a thousand: short calls would else time the clock.
  while (elapsed < limit) {
    for (let more = Math.min(1000, Math.max(1, calls)); more > 0; more--) {
      const pending = subject.run();
      if (pending !== undefined) await pending;
      calls++;
    }
    elapsed = performance.now() - start;
  }
  return elapsed / calls;
}
