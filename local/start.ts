/**
 * `npm start`: builds the project if its sources changed and runs it on this machine.
 *
 * PORT (3000) is the API's port; CORDON_DATA (.cordon) a directory for its state, or `:memory:`; CORDON_LANES the
 * lanes to have at most, E2B_API_KEY what the e2b lane needs.
 */
const major = Number(process.versions.node.split('.')[0]);
if (major !== 24) {
  console.error(
    `Cordon needs Node 24, this is ${process.version} (${process.execPath}).\n` +
      'npm scripts bring it along: run "npm ci" without --ignore-scripts, then "npm start".',
  );
  process.exit(1);
}

// Loaded only now, as the modules behind it need Node 24.
const { run } = await import('./run.ts');
await run();

export {};
