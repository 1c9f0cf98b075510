/** The promise of an ES module's evaluation, which `await` at its top level leaves open. */
let isUnsettled = false;

export function markMain(state: 'unsettled' | 'settled'): void {
  isUnsettled = state === 'unsettled';
}

export function isMainUnsettled(): boolean {
  return isUnsettled;
}
