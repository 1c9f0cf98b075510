/** A sandbox ended through no fault of the program: killed from outside, out of memory, a mistake of ours. */
export class SandboxLost extends Error {
  override readonly name = 'SandboxLost';
  /** Whether the program may have begun. One that hasn't can be run again by anybody. */
  readonly hasStarted: boolean;

  constructor(message: string, { hasStarted }: { hasStarted: boolean }) {
    super(message);
    this.hasStarted = hasStarted;
  }
}
