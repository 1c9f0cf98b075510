/** What went wrong: by itself, or as it should. */
export type Fault = 'ours' | 'expected';

/** One second of the run, as far as it has been measured. */
export interface Second {
  second: number;
  ended: number;
  admissionMs: number[];
  /** From the request to the end that the client saw. */
  totalMs: number[];
  ours: number;
  queueDepth: number | null;
  memoryMiB: number | null;
}

/** Everything that a load test counts. */
export interface Recorder {
  admissionMs: number[];
  totalMs: number[];
  ended: number;
  admitted: Set<string>;
  /** How often, by fault and by what was said. */
  errors: Record<Fault, Map<string, number>>;
  seconds: Second[];
  /** Forgets what has been measured, as a service that just started is slower; errors and seconds stay. */
  startMeasuring(): void;
  admission(ms: number): void;
  end(ms: number): void;
  error(fault: Fault, what: string): void;
  /** Closes the second that is running. */
  tick(view: Pick<Second, 'queueDepth' | 'memoryMiB'>): Second;
}

export function createRecorder(): Recorder {
  const fresh = (): Second => ({
    second: 0,
    ended: 0,
    admissionMs: [],
    totalMs: [],
    ours: 0,
    queueDepth: null,
    memoryMiB: null,
  });
  let running = fresh();
  const recorder: Recorder = {
    admissionMs: [],
    totalMs: [],
    ended: 0,
    admitted: new Set(),
    errors: { ours: new Map(), expected: new Map() },
    seconds: [],
    startMeasuring() {
      recorder.admissionMs = [];
      recorder.totalMs = [];
      recorder.ended = 0;
    },
    admission(ms) {
      recorder.admissionMs.push(ms);
      running.admissionMs.push(ms);
    },
    end(ms) {
      recorder.ended += 1;
      running.ended += 1;
      recorder.totalMs.push(ms);
      running.totalMs.push(ms);
    },
    error(fault, what) {
      const counts = recorder.errors[fault];
      counts.set(what, (counts.get(what) ?? 0) + 1);
      if (fault === 'ours') running.ours += 1;
    },
    tick(view) {
      const closed = { ...running, ...view, second: recorder.seconds.length + 1 };
      recorder.seconds.push(closed);
      running = fresh();
      return closed;
    },
  };
  return recorder;
}
