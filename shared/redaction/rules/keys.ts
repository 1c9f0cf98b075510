import { type Rule, token } from '../rule.ts';

/** Private keys and signed tokens. */
export const keyRules: Rule[] = [
  {
    // RFC 7468, OpenSSH and OpenPGP. A header that is only mentioned has no line after it.
    kind: 'private-key',
    keywords: ['-----begin'],
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?=[ \t]{0,8}(?:[\r\n]|\\{1,4}[nr]|[A-Za-z0-9+/]{16}|$))/y,
    reach: 120,
    stop: 'none',
    blockEnd: /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g,
  },
  {
    kind: 'private-key',
    keywords: ['private-lines:'],
    pattern: /Private-Lines: \d{1,4}(?=\r?\n|\\+[nr])/y,
    reach: 40,
    stop: 'none',
    blockEnd: /Private-MAC: [a-f0-9]{40,64}/g,
  },
  {
    // The private member of a JSON Web Key, RFC 7517.
    kind: 'private-key',
    keywords: ['"d":', '\\"d\\":'],
    pattern: /\\?"d\\?":[ \t]{0,2}\\?"(?<secret>[\w-]{42,700})(?=\\?")/y,
    reach: 720,
    stop: 'line',
  },
  token({ kind: 'age-key', prefixes: ['AGE-SECRET-KEY-1'], body: '[A-Z0-9]{58}' }),
  token({
    // RFC 7519: header and payload are JSON objects in base64; an unsigned one ends with a point.
    kind: 'jwt',
    prefixes: ['eyJ'],
    body: '[\\w-]{10,2048}\\.(?:eyJ[\\w-]{4,12288}\\.?[\\w-]{0,2048}|[\\w-]{0,1024}\\.[\\w-]{8,64}\\.[\\w-]{16,12288}\\.[\\w-]{16,64})',
    reach: 16_600,
  }),
];
