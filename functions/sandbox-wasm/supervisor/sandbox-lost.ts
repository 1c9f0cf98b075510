/** A sandbox ended through no fault of the program: killed from outside, out of memory, a mistake of ours. */
export class SandboxLost extends Error {
  override readonly name = 'SandboxLost';
}
