/** A duration as `console.timeEnd` shows it: `1.234ms`, `2.5s`, `1:02.345 (m:ss.mmm)`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds >= 3600) {
    const minutes = Math.floor((seconds % 3600) / 60);
    const rest = Math.floor(seconds % 60);
    return `${Math.floor(seconds / 3600)}:${pad(minutes)}:${pad(rest)} (h:mm:ss)`;
  }
  if (seconds >= 60) {
    const rest = (seconds % 60).toFixed(3).padStart(6, '0');
    return `${Math.floor(seconds / 60)}:${rest} (m:ss.mmm)`;
  }
  return seconds >= 1 ? `${seconds.toFixed(3)}s` : `${Number(milliseconds.toFixed(3))}ms`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
