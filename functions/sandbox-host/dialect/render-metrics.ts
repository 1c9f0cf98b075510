import type { Capacity } from '../pool/capacity.ts';
import type { GuestPool } from '../pool/guest-pool.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';

type Sample = [labels: Record<string, string>, value: number];

/** The state of the host in Prometheus' text format. */
export function renderMetrics({
  sandboxes,
  pool,
  capacity,
}: {
  sandboxes: Sandboxes;
  pool: GuestPool;
  capacity: Capacity;
}): string {
  const counts = sandboxes.counts();
  const room = capacity.state();
  const stock = pool.stock();
  const usedMiB = sandboxes.list().reduce((sum, { guest }) => sum + guest.usage().memoryMiB, 0);
  const { starting, running, ending } = counts;
  return [
    metric('cordon_host_sandboxes', 'gauge', by('state', { starting, running, ending })),
    metric('cordon_host_max_sandboxes', 'gauge', [[{}, room.maxSandboxes]]),
    metric('cordon_host_warm_guests', 'gauge', by('template', pick(stock, 'warm'))),
    metric('cordon_host_warm_guests_target', 'gauge', by('template', pick(stock, 'target'))),
    metric('cordon_host_creates_total', 'counter', by('start', counts.created)),
    metric('cordon_host_refusals_total', 'counter', [[{}, counts.refused]]),
    metric('cordon_host_ends_total', 'counter', by('reason', counts.ended)),
    metric('cordon_host_memory_budget_mib', 'gauge', [[{}, room.budgetMiB]]),
    metric('cordon_host_memory_reserved_mib', 'gauge', [[{}, room.reservedMiB]]),
    metric('cordon_host_memory_used_mib', 'gauge', [[{}, Math.round(usedMiB)]]),
    metric('cordon_host_process_resident_bytes', 'gauge', [[{}, process.memoryUsage.rss()]]),
  ].join('');
}

function pick(stock: ReturnType<GuestPool['stock']>, field: 'warm' | 'target'): Record<string, number> {
  return Object.fromEntries(stock.map((shelf) => [shelf.template, shelf[field]]));
}

function by(label: string, values: Record<string, number>): Sample[] {
  return Object.entries(values).map(([name, value]) => [{ [label]: name }, value]);
}

function metric(name: string, type: 'gauge' | 'counter', samples: Sample[]): string {
  const lines = samples.map(([labels, value]) => {
    const text = Object.entries(labels).map(([label, of]) => `${label}="${of}"`);
    return `${name}${text.length === 0 ? '' : `{${text.join(',')}}`} ${value}\n`;
  });
  return `# TYPE ${name} ${type}\n${lines.join('')}`;
}
