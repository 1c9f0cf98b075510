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

// glibc gives each thread a heap of its own and keeps what it freed: two heaps for all threads are 90 MiB less when
// idle, at the same speed. It reads this when a process begins, so this one begins anew, under the same pid.
if (process.platform === 'linux' && process.env.MALLOC_ARENA_MAX === undefined) {
  const argv = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.(process.execPath, argv, { ...process.env, MALLOC_ARENA_MAX: '2' });
}

// Loaded only now, as the modules behind it need Node 24.
const { run } = await import('./run.ts');
await run();

export {};
