import { treeLimits } from '../shared/validation/policy/parse/copy-tree.ts';
import type { AnyRule } from '../shared/validation/policy/rule.ts';
import { rules } from '../shared/validation/policy/rules.ts';

const headings: Record<keyof typeof rules, string> = {
  python: 'Python',
  javascript: 'JavaScript and TypeScript',
  bash: 'bash',
};

/** The page of all rules, made from the rules. */
export function describeRules(): string {
  const languages = Object.keys(rules) as (keyof typeof rules)[];
  const chapters = languages.map((language) => {
    const list: readonly AnyRule[] = rules[language];
    return `## ${headings[language]}\n\n${list.map((rule) => describeRule(rule, language)).join('\n\n')}`;
  });
  return `# Rules of the policy

What each rule finds, why that is dangerous, and what to write instead. Which of them deny a program is the profile's
matter: docs/policy.md. Made from \`shared/validation/policy/rules/\` by \`npm run docs\`; the examples are tests.

Beside the rules, a program with more than ${treeLimits.nodes.toLocaleString('en')} nodes in its syntax tree, nested deeper than ${treeLimits.depth.toLocaleString('en')}, or that takes
too long or too much memory to parse is \`too-complex\` (high), and a module that the tenant's policy names in
\`denyModules\` is \`denied-module\` (high).

${chapters.join('\n\n')}
`;
}

function describeRule(rule: AnyRule, language: string): string {
  const scope = rule.isForListedModulesOnly === true ? ', under profiles that list modules' : '';
  return `### ${rule.id}

**${rule.severity}**${scope}. ${plain(rule.title)} ${rule.cause}

Finds: ${rule.explanation}

Instead: ${plain(rule.hint)}

${fence(language, rule.denied)}

Not found:

${fence(language, rule.allowed)}`;
}

/** Titles and hints name what was found. */
function plain(text: string): string {
  return text.replaceAll('{name}', '_name_');
}

function fence(language: string, source: string): string {
  return `\`\`\`${language}\n${source.trimEnd()}\n\`\`\``;
}
