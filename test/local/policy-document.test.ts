import { expect, test } from '@jest/globals';
import { evaluatePolicy } from '../../local/api-gateway/policy-document.ts';

const ARN = 'arn:aws:execute-api:us-east-1:000000000000:api/v1/GET/items/7';
const statement = (
  Effect: string,
  Resource: string | string[],
  Action: string | string[] = 'execute-api:Invoke',
) => ({
  Effect,
  Action,
  Resource,
});

test.each([
  ['an exact resource', [statement('Allow', ARN)], 'allowed'],
  ['a wildcard across slashes', [statement('Allow', 'arn:aws:execute-api:*/v1/*')], 'allowed'],
  ['a wildcard for one character', [statement('Allow', ARN.replace('7', '?'))], 'allowed'],
  ['one of several resources', [statement('Allow', ['x', ARN])], 'allowed'],
  ['an action pattern in another case', [statement('Allow', '*', 'EXECUTE-API:*')], 'allowed'],
  ['another resource', [statement('Allow', ARN.replace('7', '8'))], 'denied'],
  ['a prefix of it', [statement('Allow', ARN.slice(0, -1))], 'denied'],
  ['another action', [statement('Allow', '*', 's3:GetObject')], 'denied'],
  ['no statement', [], 'denied'],
  ['a deny beside an allow', [statement('Allow', '*'), statement('Deny', ARN)], 'explicitly-denied'],
  ['a dot in a pattern', [statement('Allow', ARN.replace('items', 'it.ms'))], 'denied'],
  ['a condition, which is not understood', [{ ...statement('Allow', '*'), Condition: {} }], undefined],
  ['an unknown effect', [statement('Maybe', '*')], undefined],
])('a policy with %s', (_, Statement, decision) => {
  expect(evaluatePolicy({ Version: '2012-10-17', Statement }, ARN)).toBe(decision);
});

test.each([undefined, null, 'text', {}])('%j is no policy', (document) => {
  expect(evaluatePolicy(document, ARN)).toBeUndefined();
});
