import type { Finding } from './finding.ts';
import type { Objection, Rule } from './rule.ts';
import type { Place } from './source-places.ts';

/** A program that breaks a rule in more places is told of these. */
const mostPerRule = 5;

/** What the rules object to, once for a line. */
export function runRules<Facts>(
  rules: readonly Rule<Facts>[],
  facts: Facts,
  placeOf: (offset: number) => Place,
): Finding[] {
  return rules.flatMap((rule) => {
    const found = new Map<number, Finding>();
    for (const objection of rule.find(facts)) {
      const finding = toFinding(rule, objection, placeOf);
      const line = finding.line ?? 0;
      if (!found.has(line)) found.set(line, finding);
      if (found.size === mostPerRule) break;
    }
    return [...found.values()];
  });
}

function toFinding<Facts>(
  rule: Rule<Facts>,
  { node, name = '', module }: Objection,
  placeOf: (offset: number) => Place,
): Finding {
  const place = node === null ? null : placeOf(node.start);
  const named = readable(name);
  return {
    rule: rule.id,
    severity: rule.severity,
    message: rule.title.replaceAll('{name}', () => named),
    hint: rule.hint.replaceAll('{name}', () => named),
    module: module ?? null,
    isForListedModulesOnly: rule.isForListedModulesOnly ?? false,
    line: place?.line ?? null,
    column: place?.column ?? null,
    snippet: place?.snippet ?? null,
  };
}

/** Names come from the program: short, and of letters that can be seen. */
function readable(name: string): string {
  return name.replaceAll(/[\p{C}\u2028\u2029]/gu, '…').slice(0, 80);
}
