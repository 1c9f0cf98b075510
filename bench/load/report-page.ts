import { escapeHtml, plot } from './plot.ts';
import { type LoadReport, toText } from './report.ts';

/** The report as one page that needs nothing else. */
export function toPage(report: LoadReport): string {
  const { at, clients, seconds, timeline } = report;
  const title = `Cordon under load: ${clients} clients, ${seconds} s`;
  const plots = [
    plot('Executions ended', 'per second', [
      { name: 'ended', values: timeline.map(({ endedPerSecond }) => endedPerSecond) },
      { name: 'errors of the service', values: timeline.map(({ oursPerSecond }) => oursPerSecond) },
    ]),
    plot(
      'Admission',
      'ms',
      [
        { name: 'p50', values: timeline.map(({ admissionP50Ms }) => admissionP50Ms) },
        { name: 'p95', values: timeline.map(({ admissionP95Ms }) => admissionP95Ms) },
        { name: 'p99', values: timeline.map(({ admissionP99Ms }) => admissionP99Ms) },
      ],
      250,
    ),
    plot('Queue depth', 'messages', [
      { name: 'waiting', values: timeline.map(({ queueDepth }) => queueDepth) },
    ]),
    plot('Memory of all processes', 'MiB', [
      { name: 'proportional set size', values: timeline.map(({ memoryMiB }) => memoryMiB) },
    ]),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>body{font:15px system-ui;max-width:760px;margin:2rem auto;color:#111827}svg{width:100%}text{font-size:10px;fill:#6b7280}
figure{margin:1.5rem 0}figcaption span{margin-left:.75em}pre{overflow-x:auto;background:#f9fafb;padding:1em;font-size:12px}</style></head>
<body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(at)}</p>
<pre>${escapeHtml(toText(report))}</pre>
${plots.join('\n')}
</body></html>
`;
}
