/** A line of a plot: a value per second, null where there is none. */
export interface Series {
  name: string;
  values: readonly (number | null)[];
}

const width = 720;
const height = 200;
const left = 56;
const bottom = 24;
const colours = ['#2563eb', '#d97706', '#dc2626', '#059669'];

/** An SVG with time on one axis and the series on the other. `target` is drawn as a line of its own. */
export function plot(title: string, unit: string, series: readonly Series[], target?: number): string {
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = Math.max(1, target ?? 0, ...all) * 1.05;
  const count = Math.max(2, ...series.map(({ values }) => values.length));
  const x = (index: number) => round(left + (index / (count - 1)) * (width - left - 8));
  const y = (value: number) => round(height - bottom - (value / most) * (height - bottom - 8));
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = y(most * share);
    return `<path d="M${left} ${at}H${width - 8}" stroke="#e5e7eb"/><text x="${left - 6}" y="${at + 4}" text-anchor="end">${round(most * share)}</text>`;
  });
  const lines = series.map(({ values }, index) => {
    const points = values.flatMap((value, second) => (value === null ? [] : [`${x(second)},${y(value)}`]));
    return `<polyline fill="none" stroke="${colourOf(index)}" stroke-width="1.5" points="${points.join(' ')}"/>`;
  });
  const names = series.map(
    ({ name }, index) => `<span style="color:${colourOf(index)}">${escapeHtml(name)}</span>`,
  );
  const goal =
    target === undefined
      ? ''
      : `<path d="M${left} ${y(target)}H${width - 8}" stroke="#6b7280" stroke-dasharray="4 4"/>`;
  return (
    `<figure><figcaption>${escapeHtml(title)} (${escapeHtml(unit)}) ${names.join(' ')}</figcaption>` +
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">${grid.join('')}${goal}${lines.join('')}` +
    `<text x="${left}" y="${height - 6}">0 s</text><text x="${width - 8}" y="${height - 6}" text-anchor="end">${count} s</text></svg></figure>`
  );
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? '#000000';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
