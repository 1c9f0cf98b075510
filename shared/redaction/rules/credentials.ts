import { looksRandom } from '../randomness.ts';
import type { Rule } from '../rule.ts';

const passwordKeywords = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'passwort',
  'pwd',
  '_pass',
  '"pass"',
  "'pass'",
];
const secretKeywords = [
  'secret',
  'token',
  'credential',
  ...[
    'api',
    'access',
    'private',
    'encryption',
    'signing',
    'master',
    'license',
    'auth',
    'account',
    'service',
    'session',
  ].flatMap((name) => [`${name}key`, `${name}_key`, `${name}-key`]),
];

/** From a keyword on: the rest of the name, what separates it from the value. */
const nameRest = '(?<name>["\']?[\\w.-]{3,40})(?![\\w.-])';
const separator = '\\\\{0,3}["\'`]?\\]?[ \\t]{0,8}(?:=>|:=|==?|:)[ \\t]{0,8}';
const quoted =
  '(?:[bruf]{0,2})(?<quote>\\\\{0,3}["\'`])(?<secret>(?:(?!\\k<quote>)(?:\\\\[^\\r\\n]|[^\\\\\\r\\n])){3,2048})(?=\\k<quote>|$)';
const plain = '(?<secret>[^\\s"\'`,;&<>(){}\\[\\]|\\\\]{4,160})(?=[\\s"\'`,;&<>)}\\]|\\\\]|$)';
/** Long values are linear, as no name and separator can be within one: what separates is not part of it. */
const plainToken =
  '(?<secret>[\\w+/.~%-]{1,2048}(?::[\\w+/.~%-]{1,512}){0,3}={0,2})(?=[\\s"\'`,;&<>)}\\]|\\\\]|$)';
const wholeLine = '(?<secret>[^\\s"\'][^\\s]{2,511})';

/** A variable of the environment, as `env` and `.env` files write it: the value is the rest of the line's word. */
const environmentLine = '\\w{3,48}=(?<=(?:^|[\\r\\n])(?:export )?\\w{3,88}=)';
const commandFlag = '(?<=--[a-z0-9-]{0,32})';

function assignment(
  kind: string,
  keywords: readonly string[],
  source: string,
  isSecret: NonNullable<Rule['isSecret']>,
): Rule {
  return {
    kind,
    keywords,
    pattern: new RegExp(source, 'iy'),
    reach: 3_800,
    stop: 'line',
    isAssignment: true,
    isSecret,
  };
}

/** Values that a name or a place gives away, whatever they look like. */
export const credentialRules: Rule[] = [
  {
    // The password in a URL's authority, RFC 3986: databases, brokers, proxies, repositories.
    kind: 'connection-string',
    keywords: ['://'],
    pattern: /(?<=[A-Za-z0-9]):\/\/[^\s:@/"'<>\\]{0,128}:(?<secret>[^\s/"'<>\\]{1,256})(?=@[\w.[%-])/y,
    reach: 400,
    stop: 'space',
    isSecret: (secret) => !isPlaceholder(secret),
  },
  {
    kind: 'authorization-header',
    keywords: ['bearer'],
    pattern: /bearer[ \t:]{1,3}\\{0,3}["']?(?<secret>[\w.~+/-]{16,4096}={0,2})/iy,
    reach: 4_200,
    stop: 'line',
    isSecret: looksRandom,
  },
  {
    kind: 'authorization-header',
    keywords: ['basic'],
    pattern: /(?<![A-Za-z0-9])basic[ ]{1,2}(?<secret>[A-Za-z0-9+/]{8,512}={0,2})(?![A-Za-z0-9+/=])/iy,
    reach: 560,
    stop: 'line',
    isSecret: (secret) =>
      /^[\x20-\x7e]+:[\x20-\x7e]*$/.test(Buffer.from(secret, 'base64').toString('latin1')),
  },
  {
    kind: 'authorization-header',
    keywords: ['authorization'],
    pattern:
      /authorization\\{0,3}["']?[ \t]{0,2}[:=][ \t]{0,4}\\{0,3}["']?(?:[A-Za-z]{2,16}[ ])?(?<secret>[\w.~+/-]{16,4096}={0,2})/iy,
    reach: 4_200,
    stop: 'line',
    isSecret: looksRandom,
  },
  assignment('password', passwordKeywords, `${nameRest}${separator}${quoted}`, (secret, match) =>
    isQuotedPassword(secret, match),
  ),
  assignment('password', passwordKeywords, `${environmentLine}${wholeLine}`, (secret) =>
    isEnvironmentPassword(secret),
  ),
  assignment('password', passwordKeywords, `${nameRest}${separator}${plain}`, (secret, match) =>
    isPlainPassword(secret, match),
  ),
  assignment('password', passwordKeywords, `${commandFlag}[\\w-]{3,24} ${plain}`, (secret) =>
    isMixed(secret),
  ),
  {
    kind: 'password',
    keywords: ['<password>', '<passwd>', '<secret>', '<token>', '<apikey>'],
    pattern: /<[a-z]{5,8}>(?<secret>[^<>\r\n]{3,256})(?=<\/)/iy,
    reach: 300,
    stop: 'line',
    isSecret: (secret) => !isPlaceholder(secret),
  },
  {
    // SQL: IDENTIFIED BY '…', WITH PASSWORD '…'
    kind: 'password',
    keywords: ['identified', 'password'],
    pattern: /(?:identified by|password)[ ]{1,2}'(?<secret>[^'\r\n]{3,256})(?=')/iy,
    reach: 300,
    stop: 'line',
    isSecret: (secret) => !isPlaceholder(secret) && !/ /.test(secret),
  },
  assignment('named-secret', secretKeywords, `${nameRest}${separator}${quoted}`, (secret, match) =>
    isNamedSecret(secret, match),
  ),
  assignment('named-secret', secretKeywords, `${nameRest}${separator}${plainToken}`, (secret, match) =>
    isNamedSecret(secret, match),
  ),
  assignment(
    'named-secret',
    secretKeywords,
    `${commandFlag}[\\w-]{3,24} ${plain}`,
    (secret) => secret.length >= 16 && looksRandom(secret),
  ),
];

function isQuotedPassword(secret: string, match: RegExpExecArray): boolean {
  return isSecretName(match) && !isPlaceholder(secret) && !isSentence(secret);
}

function isEnvironmentPassword(secret: string): boolean {
  return !isPlaceholder(secret) && !isPath(secret);
}

function isPlainPassword(secret: string, match: RegExpExecArray): boolean {
  return isMixed(secret) && isSecretName(match) && !isPlaceholder(secret) && !isPath(secret);
}

/** A value under the name of a token or key: random, or quoted under the name of a secret. */
function isNamedSecret(secret: string, match: RegExpExecArray): boolean {
  if (secret.length < 8 || !isMixed(secret) || /\s/.test(secret)) return false;
  if (!isSecretName(match) || isPlaceholder(secret)) return false;
  if (secret.length >= 16 && looksRandom(secret) && /^[\w+/=.:~%-]+$/.test(secret)) return true;
  const isNamedSo = /secret/i.test(match.groups?.name ?? '');
  return isNamedSo && match.groups?.quote !== undefined;
}

/** Names of what describes a secret, or only sounds like one. */
const describing =
  /(?:type|count|length|len|limit|size|name|expir\w*|policy|max|min|ur[il]|endpoint|file|path|usage|used|format|field|version|arn|status|valid|error|required|enabled|budget|s_in|s_out|ize[rd]?|ization|s)$/i;
const paging = /(?:next|page|continuation|sync|cancellation|public|csrf)[\w-]{0,8}$/i;

function isSecretName(match: RegExpExecArray): boolean {
  const before = match.input.slice(Math.max(0, match.index - 24), match.index);
  return !describing.test((match.groups?.name ?? '').replace(/["']/g, '')) && !paging.test(before);
}

const placeholders =
  /^(?:[*x.•?_-]+|null|none|nil|undefined|true|false|string|str|text|number|required|optional|empty|unset|redacted|hidden|masked|secret|password|token)$/i;

function isPlaceholder(text: string): boolean {
  return (
    placeholders.test(text) ||
    /^(?:\$[A-Z_]+$|\$[{(]|<[^>]*>?$|\{\{?[^}]*\}|%(?:\(|[sdv]$|[A-Z_]+%$)|\[REDACTED|\*{3})/.test(text) ||
    /^(?:process\.env|os\.environ|env\.|self\.|this\.|args\.|config\.)/.test(text)
  );
}

function isSentence(text: string): boolean {
  return (
    / /.test(text) &&
    /\b(?:must|required|invalid|is|are|incorrect|should|can(?:not|'t)|for|your)\b/i.test(text)
  );
}

function isPath(text: string): boolean {
  return /^(?:\/|~\/|[A-Za-z]:[\\/]|https?:)/.test(text);
}

/** Letters and something else than letters: neither a word of prose nor an identifier of a program. */
function isMixed(text: string): boolean {
  return /[0-9!@#$%^*+~?]/.test(text);
}
