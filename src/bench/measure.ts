/** Something to time: one call does the work once. */
export interface Subject {
  readonly name: string;
  readonly engine: string;
  /** Tells subjects of one name and engine apart. */
  readonly variant?: string;
  /** Floating-point operations of one call; null where not counted. */
  readonly operations: number | null;
  /** Environment steps of one call, where it steps environments. */
  readonly stepsPerCall?: number;
  /** Elements that one call works on, or parameters that it moves, where that tells more than its time. */
  readonly elementsPerCall?: number;
  /** Done before every slice, and not timed. */
  prepare?(): Promise<void>;
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
  /** of what the machine can do at most at the engine's width of vectors, measured beside; null where it was not */
  readonly shareOfPeak: number | null;
  /** environment steps per second, where it steps environments */
  readonly stepsPerSecond?: number;
  /** where it works on elements or rows one by one, or moves parameters */
  readonly nanosecondsPerElement?: number;
  /** the most memory that was resident, where that is of interest */
  readonly megabytes?: number;
}

/**
 * Times subjects side by side: after a warm-up every subject runs for a slice of time in turn, again and again, so that
 * a change of the machine's speed meets all of them alike; a row holds the median of its slices. Compare rows of one
 * call only.
 *
 * @param slices how often each subject has its turn
 * @param sliceMilliseconds how long a turn lasts, at least one call
 */
export async function measure(subjects: readonly Subject[], slices = 9, sliceMilliseconds = 100): Promise<Row[]> {
  for (const subject of subjects) await slice(subject, 3 * sliceMilliseconds);
  const times = subjects.map(() => [] as number[]);
  for (let round = 0; round < slices; round++) {
    for (const [i, subject] of subjects.entries()) times[i].push(await slice(subject, sliceMilliseconds));
  }
  return subjects.map((subject, i) => rowOf(subject, times[i].sort((a, b) => a - b)[slices >> 1]));
}

function rowOf({ name, engine, variant, operations, stepsPerCall, elementsPerCall }: Subject, milliseconds: number) {
  return {
    name,
    engine,
    ...(variant !== undefined && { variant }),
    milliseconds,
    gflops: operations === null ? null : operations / (milliseconds * 1e6),
    shareOfPeak: null,
    ...(stepsPerCall !== undefined && { stepsPerSecond: (1000 * stepsPerCall) / milliseconds }),
    ...(elementsPerCall !== undefined && { nanosecondsPerElement: (1e6 * milliseconds) / elementsPerCall }),
  };
}

/** Milliseconds per call over one slice. */
async function slice(subject: Subject, limit: number): Promise<number> {
  await subject.prepare?.();
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
