/**
 * Runs a synchronous action as another user, then is root again. It is how the host looks into a sentry's /proc folders:
 * root without CAP_DAC_OVERRIDE and CAP_SYS_PTRACE may not, the sentry's own uid may, and the host keeps fewer rights.
 *
 * The whole process is that user meanwhile (some 0.1 ms), so nothing may be awaited inside. The sentry gains nothing by
 * it: to signal or trace the host it would need the host's real uid, which stays root's.
 */
export function actAs<Result>(uid: number, action: () => Result): Result {
  const { setegid, seteuid } = process;
  if (setegid === undefined || seteuid === undefined) throw new Error('the sandbox host needs Linux');
  setegid(uid);
  try {
    seteuid(uid);
    return action();
  } finally {
    seteuid(0);
    setegid(0);
  }
}
