import { describeSites, engineStack } from '../errors/call-sites.ts';
import { host } from '../host.ts';
import { formatTable } from '../library/console-table.ts';
import type { InspectOptions } from '../library/inspect/inspection.ts';
import { format, inspect } from '../library/inspect.ts';
import { type OutputName, writeOutput } from '../output.ts';
import { formatDuration } from './duration.ts';

const counts = new Map<string, number>();
const timers = new Map<string, number>();
let margin = '';

function print(name: OutputName, values: readonly unknown[]): void {
  const text = format(...values);
  const lines = margin === '' ? text : margin + text.replaceAll('\n', `\n${margin}`);
  writeOutput(name, `${lines}\n`);
}

function warn(message: string): void {
  writeOutput('stderr', `(node:1) Warning: ${message}\n`);
}

function elapsed(label: string, values: readonly unknown[]): boolean {
  const start = timers.get(label);
  if (start === undefined) {
    warn(`No such label '${label}' for console.timeEnd()`);
    return false;
  }
  print('stdout', [`${label}: ${formatDuration(host.now() - start)}`, ...values]);
  return true;
}

/** The global `console`: Node's, over the two output streams. */
export const guestConsole = {
  log: (...values: unknown[]) => print('stdout', values),
  warn: (...values: unknown[]) => print('stderr', values),
  error: (...values: unknown[]) => print('stderr', values),
  info: (...values: unknown[]) => print('stdout', values),
  debug: (...values: unknown[]) => print('stdout', values),
  dir: (value: unknown, options: InspectOptions = {}) =>
    print('stdout', [inspect(value, { customInspect: false, ...options })]),
  dirxml: (...values: unknown[]) => print('stdout', values),
  table(data: unknown, columns?: readonly string[]) {
    if (typeof data !== 'object' || data === null) print('stdout', [data]);
    else print('stdout', [formatTable(data, columns)]);
  },
  assert(condition?: unknown, ...values: unknown[]) {
    if (condition) return;
    const [first, ...rest] = values;
    const label = 'Assertion failed';
    print('stderr', typeof first === 'string' ? [`${label}: ${first}`, ...rest] : [label, ...values]);
  },
  count(label: unknown = 'default') {
    const name = String(label);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    print('stdout', [`${name}: ${count}`]);
  },
  countReset(label: unknown = 'default') {
    if (!counts.delete(String(label))) warn(`Count for '${String(label)}' does not exist`);
  },
  time(label: unknown = 'default') {
    const name = String(label);
    if (timers.has(name)) warn(`Label '${name}' already exists for console.time()`);
    else timers.set(name, host.now());
  },
  timeEnd(label: unknown = 'default') {
    if (elapsed(String(label), [])) timers.delete(String(label));
  },
  timeLog(label: unknown = 'default', ...values: unknown[]) {
    elapsed(String(label), values);
  },
  trace(...values: unknown[]) {
    const sites = describeSites(engineStack(new Error()) ?? '');
    print('stderr', [[`Trace${values.length === 0 ? '' : `: ${format(...values)}`}`, ...sites].join('\n')]);
  },
  group(...values: unknown[]) {
    if (values.length > 0) print('stdout', values);
    margin += '  ';
  },
  groupCollapsed(...values: unknown[]) {
    guestConsole.group(...values);
  },
  groupEnd() {
    margin = margin.slice(0, -2);
  },
};
