/** What `packageQuickJs` writes and the interpreter reads, in the folder that a sandbox starts from. */
export const quickJsFiles = { engine: 'quickjs.wasm', guest: 'quickjs-guest.js' } as const;
