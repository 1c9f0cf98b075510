import type { Analysis } from '../analysis.ts';
import type { BashFacts } from './bash-facts.ts';

const networkCommands = new Set([
  'curl',
  'wget',
  'nc',
  'ncat',
  'netcat',
  'ssh',
  'scp',
  'rsync',
  'ftp',
  'telnet',
  'ping',
  'dig',
  'nslookup',
  'socat',
]);
const writingCommands = new Set([
  'tee',
  'touch',
  'mkdir',
  'cp',
  'mv',
  'rm',
  'dd',
  'ln',
  'install',
  'truncate',
  'mktemp',
]);

/** What a script can be seen to use. All of it are processes. */
export function analyzeBash({ tree, byType, commands }: BashFacts): Analysis {
  const uses = (names: ReadonlySet<string>) => [...commands].some((name) => names.has(name));
  return {
    imports: [],
    features: {
      threads: false,
      subprocess: true,
      network: uses(networkCommands),
      fileWrites: uses(writingCommands) || (byType.get('file_redirect') ?? []).length > 0,
    },
    isSimple: false,
    astNodes: tree.astNodes,
    depth: tree.depth,
    needs: [],
  };
}
