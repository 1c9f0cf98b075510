// Loaded ahead of a service: its input ends when the local cloud does, even by SIGKILL, and then so does it.
const GRACE_MS = 5_000;

process.stdin.on('end', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
});
process.stdin.resume();
process.stdin.unref();
