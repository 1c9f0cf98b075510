import { type CollectedOutput, createOutputCollector, type OutputStream } from '../collect-output.ts';
import { createFrameReader, type RunnerFrame, type RunnerReport } from './runner-frames.ts';
import { WireFault } from './wire-fault.ts';

/** What the runner has said so far. */
export interface RunnerConversation {
  /**
   * Takes a piece of the runner's stdout.
   *
   * @throws WireFault when it is nothing that our runner says, or more than any program can make it say
   */
  hear(text: string): void;
  /** Resolves at the program's first instruction. */
  readonly started: Promise<void>;
  readonly report: Promise<RunnerReport>;
  /** When the program started, on our clock; null before. */
  startedMs(): number | null;
  /** The output so far. `cut` says where the runner left more out. */
  output(cut: Record<OutputStream, boolean>): CollectedOutput;
}

/** A frame of one byte of output has 18: `{"stdout":"YQ=="}` and the line's end. */
const maxOverhead = 20;
const maxReportLength = 2_097_152;

export function createRunnerConversation(outputBytes: number, nowMs: () => number): RunnerConversation {
  const collector = createOutputCollector(outputBytes);
  const started = Promise.withResolvers<void>();
  const report = Promise.withResolvers<RunnerReport>();
  const read = createFrameReader(take);
  let startedMs: number | null = null;
  let isOver = false;
  let heard = 0;

  function take(frame: RunnerFrame): void {
    if (isOver) throw new WireFault('garbage', 'something follows the report');
    if ('started' in frame) {
      if (startedMs !== null) throw new WireFault('garbage', 'the program started twice');
      startedMs = nowMs();
      started.resolve();
    } else if ('report' in frame) {
      isOver = true;
      report.resolve(frame.report);
    } else {
      if (startedMs === null) throw new WireFault('garbage', 'output of a program that has not started');
      if ('stdout' in frame) collector.add('stdout', Buffer.from(frame.stdout, 'base64'));
      else collector.add('stderr', Buffer.from(frame.stderr, 'base64'));
    }
  }

  return {
    hear(text) {
      heard += text.length;
      if (heard > outputBytes * maxOverhead + maxReportLength) {
        throw new WireFault('oversize', 'more than any program can print');
      }
      read(text);
    },
    started: started.promise,
    report: report.promise,
    startedMs: () => startedMs,
    output(cut) {
      for (const stream of ['stdout', 'stderr'] as const) if (cut[stream]) collector.wasCut(stream);
      return collector.collected();
    },
  };
}
