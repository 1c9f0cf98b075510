import type { TextFact } from '../analysis.ts';
import type { Objection } from '../rule.ts';

/** Longer texts are data; what is searched for stands at the start of a path, address or command. */
const searched = 4_000;

/** Constant texts in which a pattern is found. */
export function* matchingTexts(texts: readonly TextFact[], pattern: RegExp): Iterable<Objection> {
  for (const { text, node } of texts) {
    const found = pattern.exec(text.slice(0, searched))?.[0];
    if (found !== undefined) yield { node, name: found.trim().slice(0, 60) };
  }
}
