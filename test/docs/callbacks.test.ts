import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callbackSecretOf, signatureHeaders } from '../../shared/executions/callback-secret.ts';

/** The examples of the page, as a reader copies them. */
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cordon-docs-'));
  const page = readFileSync('docs/callbacks.md', 'utf8');
  const exampleIn = (language: string) =>
    new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';
  writeFileSync(join(directory, 'genuine.mjs'), exampleIn('js'));
  writeFileSync(join(directory, 'genuine.py'), exampleIn('python'));
});
afterAll(() => rmSync(directory, { recursive: true }));

interface Request {
  secret: string;
  headers: Record<string, string>;
  body: string;
}

const commands: Record<string, [command: string, ...args: string[]]> = {
  'Node.js': [
    process.execPath,
    '--input-type=module',
    '-e',
    `const { isGenuine } = await import(process.argv[1] + '/genuine.mjs');
     const { secret, headers, body } = JSON.parse(process.argv[2]);
     console.log(isGenuine(secret, headers, body));`,
  ],
  Python: [
    'python3',
    '-c',
    `import json, sys
sys.path.insert(0, sys.argv[1])
from genuine import is_genuine
request = json.loads(sys.argv[2])
print(str(is_genuine(request["secret"], request["headers"], request["body"].encode())).lower())`,
  ],
};

function isGenuine(language: string, request: Request): boolean {
  const [command, ...args] = commands[language] ?? [''];
  return JSON.parse(
    execFileSync(command, [...args, directory, JSON.stringify(request)], { encoding: 'utf8' }),
  );
}

const secret = callbackSecretOf('acme', 'made up for this test');
const body = '{"id":"exe_1","stdout":"ünï\\n"}';

function signed(at: Date): Request {
  return { secret, body, headers: signatureHeaders(secret, { id: 'exe_1', body, at }) };
}

test.each(Object.keys(commands))(
  'the lines for %s tell a callback from a forgery',
  (language) => {
    const request = signed(new Date());
    const twice = `v1,${Buffer.from('another').toString('base64')} ${request.headers['webhook-signature']}`;

    expect(isGenuine(language, request)).toBe(true);
    expect(
      isGenuine(language, { ...request, headers: { ...request.headers, 'webhook-signature': twice } }),
    ).toBe(true);
    expect(isGenuine(language, { ...request, body: body.replace('exe_1', 'exe_2') })).toBe(false);
    expect(
      isGenuine(language, { ...request, secret: callbackSecretOf('globex', 'made up for this test') }),
    ).toBe(false);
    expect(isGenuine(language, { ...request, headers: { ...request.headers, 'webhook-id': 'exe_2' } })).toBe(
      false,
    );
    expect(isGenuine(language, signed(new Date(Date.now() - 400_000)))).toBe(false);
  },
  30_000,
);
