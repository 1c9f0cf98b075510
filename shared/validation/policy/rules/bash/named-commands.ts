import type { BashFacts } from '../../bash/bash-facts.ts';
import type { Objection } from '../../rule.ts';

/** Commands of these names, by path or not. A shell that reads no text, as in `bash script.sh`, counts too. */
export function* namedCommands({ byType }: BashFacts, names: ReadonlySet<string>): Iterable<Objection> {
  for (const node of byType.get('command_name') ?? []) {
    if (typeof node.value !== 'string') continue;
    const name = node.value.slice(node.value.lastIndexOf('/') + 1);
    if (names.has(name)) yield { node, name };
  }
}
