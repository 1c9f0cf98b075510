import type { TextFact } from '../analysis.ts';
import type { Objection } from '../rule.ts';

/** Constant texts in which a pattern is found. */
export function* matchingTexts(texts: readonly TextFact[], pattern: RegExp): Iterable<Objection> {
  for (const { text, node } of texts) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) yield { node, name: found.trim().slice(0, 60) };
  }
}
