import type { BashFacts } from '../../bash/bash-facts.ts';
import type { Objection } from '../../rule.ts';

/** Command lines in which a pattern is found. */
export function* matchingLines({ lines }: BashFacts, pattern: RegExp): Iterable<Objection> {
  for (const { text, node } of lines) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) yield { node, name: found.trim() };
  }
}
