import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;

/** Each after those that it imports. */
const parts = [
  'layout',
  'user_namespace_filter',
  'kernel',
  'loop',
  'place_job',
  'interpreter',
  'python_program',
  'user_processes',
  'guest_memory',
  'artifacts',
  'report_pipe',
  'program_streams',
  'run',
  'cold_start',
];

/** The runner as one Python file, for a sandbox whose image does not have it. */
export function bundleRunner(): string {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const node = `NODE_SOURCE = ${JSON.stringify(read('cordon_runner/node_program.cjs'))}\n`;
  const sources = [
    ['node_source', node],
    ...parts.map((name) => [name, read(`cordon_runner/${name}.py`)]),
  ] as const;
  return `${registry}
for name, source in ${JSON.stringify(sources)}:
    add(name, source)

${read('run_program.py')}`;
}

/** A string of JSON without astral characters is one of Python too. */
const registry = `import sys
import types


def add(name, source):
    module = types.ModuleType(f"cordon_runner.{name}")
    module.__package__ = "cordon_runner"
    sys.modules[module.__name__] = module
    exec(compile(source, f"<{module.__name__}>", "exec"), module.__dict__)


sys.modules["cordon_runner"] = types.ModuleType("cordon_runner")
`;
