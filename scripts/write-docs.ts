import { readFile, writeFile } from 'node:fs/promises';
import { supportedCalls, unsupportedFeatures } from '../functions/sandbox-host/dialect/support-table.ts';
import { toOpenApi } from '../shared/contract/openapi.ts';
import { describeRules } from './describe-rules.ts';

/** Writes the docs that are made from code; with `--check`, fails when one isn't what the code says. */
const generated: Record<string, string> = {
  'docs/openapi.json': `${JSON.stringify(toOpenApi(), null, 2)}\n`,
  'docs/sandbox-host-api.md': describeSandboxHost(),
  'docs/policy-rules.md': describeRules(),
};

for (const [file, content] of Object.entries(generated)) {
  if (!process.argv.includes('--check')) {
    await writeFile(file, content);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== content) {
    console.error(`${file} is out of date: run npm run docs`);
    process.exitCode = 1;
  }
}

/** A list, not a table: the formatter of tables would have to be part of this. */
function describeSandboxHost(): string {
  const calls = Object.entries(supportedCalls).map(([name, { sdk, note }]) =>
    [`- \`${name}\``, sdk === null ? '' : ` · \`${sdk}\``, note === null ? '' : `: ${note}`].join(''),
  );
  const refusals = unsupportedFeatures.map(({ sdk, why }) => `- ${sdk}: ${why}`);
  return `# What sandbox-host answers

The subset of E2B's API that the host speaks, as the \`e2b\` SDK of \`package.json\` uses it (each call with the SDK's
method for it). Everything else is answered with 501 and names what is supported. Made from
\`functions/sandbox-host/dialect/support-table.ts\` by \`npm run docs\`.

${calls.join('\n')}

## What it refuses

${refusals.join('\n')}
`;
}
