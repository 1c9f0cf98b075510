import {
  alphanumeric as an,
  base32,
  base64,
  createRandom,
  dashes,
  digits,
  hex,
  lower,
  type Random,
  upper,
  urlSafe,
} from './random.ts';

/** A text with a secret in it. Everything is made at run time: no file here holds what looks like a key. */
export interface Sample {
  kind: string;
  secret: string;
  text: string;
}

type Make = (random: Random) => string;

const after =
  (prefix: string, alphabet: string, length: number, suffix = ''): Make =>
  (random) =>
    prefix + random.text(alphabet, length) + suffix;

const oneOf =
  (...makes: Make[]): Make =>
  (random) =>
    random.pick(makes)(random);

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const jwt: Make = (random) =>
  [
    encode({ alg: random.pick(['HS256', 'RS256']), typ: 'JWT' }),
    encode({
      sub: random.text(digits, 10),
      name: random.text(lower, 8),
      iat: 1_700_000_000 + random.below(1e7),
    }),
    random.text(urlSafe, random.pick([43, 86, 342])),
  ].join('.');

const uuid: Make = (random) =>
  [8, 4, 4, 4, 12]
    .map((length) => random.text(hex, length))
    .join('-')
    .replace(/^(.{14})./, '$14')
    .replace(/^(.{19})./, '$1a');

/** Tokens that give themselves away wherever they stand. */
export const tokens: Record<string, Make> = {
  'aws-access-key': oneOf(after('AKIA', base32, 16), after('ASIA', base32, 16)),
  'aws-session-token': after('IQoJb3JpZ2lu', base64, 340, '=='),
  'aws-bedrock-key': after('ABSK', base64, 128),
  'google-api-key': after('AIza', urlSafe, 35),
  'google-oauth-token': oneOf(after('ya29.', urlSafe, 160), after('1//0', urlSafe, 96)),
  'google-client-secret': after('GOCSPX-', urlSafe, 28),
  'azure-client-secret': (random) => `${random.text(an, 3)}8Q~${random.text(an, 34)}`,
  'azure-devops-token': (random) => `${random.text(an, 76)}AZDO${random.text(an, 4)}`,
  'digitalocean-token': after('dop_v1_', hex, 64),
  'heroku-key': after('HRKU-AA', urlSafe, 58),
  'cloudflare-origin-key': (random) => `v1.0-${random.text(hex, 24)}-${random.text(hex, 146)}`,
  'alibaba-access-key': (random) => `LTAI5t${random.text(an, 16)}7a9`.slice(0, 24),
  'netlify-token': after('nfp_', an, 36),
  'fly-token': after('fm2_', base64, 200),
  'render-key': after('rnd_', an, 32),
  'hashicorp-vault-token': after('hvs.', urlSafe, 91),
  'terraform-token': (random) => `${random.text(an, 14)}.atlasv1.${random.text(urlSafe, 67)}`,
  'pulumi-token': after('pul-', hex, 40),
  'doppler-token': after('dp.pt.', an, 43),
  'databricks-token': after('dapi', hex, 32),
  'cordon-key': (random) => `cordon_${random.text(hex, 16)}_${random.text(hex, 64)}`,
  'onepassword-token': after('ops_eyJ', urlSafe, 400),
  'github-token': oneOf(
    after('ghp_', an, 36),
    after('gho_', an, 36),
    after('ghs_', an, 36),
    (random) => `github_pat_${random.text(an, 22)}_${random.text(an, 59)}`,
  ),
  'gitlab-token': oneOf(
    after('glpat-', urlSafe, 20),
    after('glrt-', urlSafe, 20),
    after('gldt-', urlSafe, 20),
  ),
  'atlassian-token': after('ATATT3xFfGF0', urlSafe, 170, '=A1B2C3D4'),
  'npm-token': after('npm_', an, 36),
  'pypi-token': after('pypi-AgEIcHlwaS5vcmc', urlSafe, 150),
  'rubygems-key': after('rubygems_', hex, 48),
  'nuget-key': after('oy2', lower + digits, 43),
  'docker-token': after('dckr_pat_', urlSafe, 27),
  'jfrog-key': after('AKCp', an, 69),
  'circleci-token': (random) => `CCIPAT_${random.text(an, 22)}_${random.text(hex, 40)}`,
  'buildkite-token': after('bkua_', hex, 40),
  'sonar-token': after('squ_', hex, 40),
  'stripe-key': oneOf(after('sk_live_', an, 24), after('rk_live_', an, 99), after('sk_test_', an, 24)),
  'webhook-secret': after('whsec_', base64, 32),
  'square-token': oneOf(after('sq0atp-', urlSafe, 22), after('sq0csp-', urlSafe, 43)),
  'braintree-token': (random) => `access_token$production$${random.text(lower, 16)}$${random.text(hex, 32)}`,
  'shopify-token': after('shpat_', hex, 32),
  'razorpay-key': after('rzp_live_', an, 14),
  'plaid-token': (random) => `access-production-${uuid(random)}`,
  'flutterwave-key': after('FLWSECK-', hex, 32, '-X'),
  'easypost-key': after('EZAK', an, 54),
  'slack-token': oneOf(
    (random) => `xoxb-${random.text(digits, 12)}-${random.text(digits, 13)}-${random.text(an, 24)}`,
    (random) => `xapp-1-A${random.text(upper, 10)}-${random.text(digits, 13)}-${random.text(hex, 64)}`,
  ),
  'discord-token': (random) =>
    `${Buffer.from(random.text('123456789', 18)).toString('base64url')}.G${random.text(an, 5)}.${random.text(urlSafe, 38)}`,
  'telegram-token': (random) => `${random.text('123456789', 10)}:AA${random.text(urlSafe, 33)}`,
  'twilio-key': after('SK', hex, 32),
  'sendgrid-key': (random) => `SG.${random.text(urlSafe, 22)}.${random.text(urlSafe, 43)}`,
  'mailgun-key': after('key-', hex, 32),
  'mailchimp-key': after('', hex, 32, '-us14'),
  'resend-key': (random) => `re_${random.text(an, 8)}_${random.text(an, 24)}`,
  'brevo-key': (random) => `xkeysib-${random.text(hex, 64)}-${random.text(an, 16)}`,
  'hubspot-token': (random) => `pat-na1-${uuid(random)}`,
  'facebook-token': after('EAA', an, 180),
  'anthropic-key': after('sk-ant-api03-', urlSafe, 93, 'AA'),
  'openai-key': oneOf(
    (random) => `sk-proj-${random.text(urlSafe, 74)}T3Blbk${'FJ'}${random.text(urlSafe, 74)}`,
    after('sk-', an, 48),
    after('sk-', hex, 32),
  ),
  'openrouter-key': after('sk-or-v1-', hex, 64),
  'huggingface-token': after('hf_', an, 34),
  'replicate-token': after('r8_', an, 37),
  'groq-key': after('gsk_', an, 52),
  'perplexity-key': after('pplx-', an, 48),
  'xai-key': after('xai-', an, 80),
  'nvidia-key': after('nvapi-', urlSafe, 64),
  'langsmith-key': (random) => `lsv2_pt_${random.text(hex, 32)}_${random.text(hex, 10)}`,
  'pinecone-key': after('pcsk_', an, 70),
  'e2b-key': after('e2b_', hex, 40),
  'supabase-key': after('sbp_', hex, 40),
  'planetscale-token': after('pscale_pw_', urlSafe, 43),
  'newrelic-key': after('NRAK-', upper + digits, 27),
  'sentry-token': after('sntryu_', hex, 64),
  'grafana-token': (random) => `glsa_${random.text(an, 32)}_${random.text(hex, 8)}`,
  'dynatrace-token': (random) => `dt0c01.${random.text(base32, 24)}.${random.text(base32, 64)}`,
  'launchdarkly-key': (random) => `sdk-${uuid(random)}`,
  'airtable-token': (random) => `pat${random.text(an, 14)}.${random.text(hex, 64)}`,
  'notion-token': after('ntn_', an, 46),
  'figma-token': after('figd_', urlSafe, 40),
  'linear-key': after('lin_api_', an, 40),
  'asana-token': (random) => `1/${random.text('123456789', 16)}:${random.text(hex, 32)}`,
  'postman-key': (random) => `PMAK-${random.text(hex, 24)}-${random.text(hex, 34)}`,
  'dropbox-token': after('sl.', urlSafe, 140),
  'age-key': after('AGE-SECRET-KEY-1', upper + digits, 58),
  jwt,
  'payment-card': (random) =>
    withCheckDigit(random.pick(['4', '51', '55', '2300', '6011']) + random.text(digits, 16), 16),
  iban: (random) => withIbanCheck('DE', random.text(digits, 18)),
};

function withCheckDigit(prefix: string, length: number): string {
  const body = prefix.slice(0, length - 1);
  for (let check = 0; check < 10; check += 1) {
    const sum = [...`${body}${check}`].reverse().reduce((total, character, index) => {
      const value = Number(character) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    if (sum % 10 === 0) return `${body}${check}`;
  }
  throw new Error('there is always a check digit');
}

function withIbanCheck(country: string, account: string): string {
  const spelled = [...`${account}${country}00`].map((character) => Number.parseInt(character, 36)).join('');
  return `${country}${String(98n - (BigInt(spelled) % 97n)).padStart(2, '0')}${account}`;
}

/** A password as people and generators make them; always with a digit or a special character. */
const password: Make = (random) =>
  random.text(`${an}!#%*^~`, 8 + random.below(16)) + random.pick(['7', '!', '#4']);

const word = (random: Random) => random.text(lower, 4 + random.below(5));

/** Secrets that only their place gives away: [the secret, the text that it stands in]. */
export const placed: Record<string, (random: Random) => [string, string]> = {
  'aws-secret-key/named': (random) => {
    const secret = `${random.text(base64, 38)}k7`;
    return [secret, random.pick([`aws_secret_access_key = ${secret}`, `"SecretAccessKey": "${secret}"`])];
  },
  'aws-secret-key/pair': (random) => {
    const secret = `${random.text(base64, 38)}k7`;
    return [secret, `('AKIA${random.text(base32, 16)}', '${secret}')`];
  },
  'connection-string': (random) => {
    const secret = password(random).replaceAll('#', '%');
    const scheme = random.pick(['postgres', 'mysql', 'mongodb+srv', 'redis', 'amqp', 'https']);
    return [secret, `${scheme}://${word(random)}:${secret}@${word(random)}.example.com:5432/app`];
  },
  'azure-storage-key': (random) => {
    const secret = `${random.text(base64, 86)}==`;
    return [secret, `DefaultEndpointsProtocol=https;AccountName=app;AccountKey=${secret};EndpointSuffix=x`];
  },
  'authorization-header/bearer': (random) => {
    const secret = random.text(an, 40);
    return [secret, `Authorization: Bearer ${secret}`];
  },
  'authorization-header/basic': (random) => {
    const secret = Buffer.from(`${word(random)}:${password(random)}`).toString('base64');
    return [secret, `authorization: Basic ${secret}`];
  },
  'signed-url': (random) => {
    const secret = random.text(hex, 64);
    return [secret, `https://b.s3.amazonaws.com/k?X-Amz-Expires=900&X-Amz-Signature=${secret}`];
  },
  'slack-webhook': (random) => {
    const secret = `T${random.text(upper, 8)}/B${random.text(upper, 8)}/${random.text(an, 24)}`;
    return [secret, `curl -X POST https://hooks.slack.com/services/${secret} -d '{}'`];
  },
  'discord-webhook': (random) => {
    const secret = random.text(urlSafe, 68);
    return [secret, `"https://discord.com/api/webhooks/${random.text('123456789', 18)}/${secret}"`];
  },
  'password/json': (random) => {
    const secret = password(random);
    return [secret, JSON.stringify({ user: word(random), password: secret, port: 5432 })];
  },
  'password/env': (random) => {
    const secret = password(random);
    return [secret, `\nDB_PASSWORD=${secret}\nHOME=/root`];
  },
  'password/python': (random) => {
    const secret = password(random);
    return [secret, `{'user': 'app', 'db_password': '${secret}', 'timeout': 30}`];
  },
  'password/yaml': (random) => {
    const secret = password(random);
    return [secret, `database:\n  password: ${secret}\n  port: 5432`];
  },
  'password/flag': (random) => {
    const secret = password(random);
    return [secret, `+ mysql --user root --password ${secret} -e "select 1"`];
  },
  'password/xml': (random) => {
    const secret = password(random);
    return [secret, `<server><username>ci</username><password>${secret}</password></server>`];
  },
  'password/sql': (random) => {
    const secret = password(random);
    return [secret, `CREATE USER app IDENTIFIED BY '${secret}';`];
  },
  'password/phrase': (random) => {
    const secret = `${word(random)} ${word(random)} ${word(random)} ${word(random)}`;
    return [secret, `"passphrase": "${secret}"`];
  },
  'password/ado': (random) => {
    const secret = password(random);
    return [secret, `Server=db;Database=app;User Id=sa;Password=${secret};Encrypt=true`];
  },
  'named-secret': (random) => {
    const secret = random.pick([
      random.text(hex, 32),
      random.text(an, 40),
      random.text(urlSafe, 64),
      uuid(random),
    ]);
    const name = random.pick([
      'api_key',
      'apiKey',
      'auth_token',
      'CLIENT_SECRET',
      'x-api-key',
      'accessToken',
    ]);
    const text = random.pick([
      `${name}=${secret}`,
      `"${name}": "${secret}"`,
      `${name}: ${secret}`,
      `?a=1&${name}=${secret}&b=2`,
    ]);
    return [secret, text];
  },
  'private-key/pem': (random) => {
    const secret = wrapped(random.bytes(600).toString('base64'), 64);
    const label = random.pick(['RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED ', '']);
    return [
      secret,
      `${dashes}BEGIN ${label}PRIVATE KEY-----\n${secret}\n${dashes}END ${label}PRIVATE KEY-----`,
    ];
  },
  'private-key/json': (random) => {
    const secret = wrapped(random.bytes(400).toString('base64'), 64).replaceAll('\n', '\\n');
    return [
      secret,
      `{"private_key": "${dashes}BEGIN PRIVATE KEY-----\\n${secret}\\n${dashes}END PRIVATE KEY-----\\n", "id": 1}`,
    ];
  },
  'private-key/pgp': (random) => {
    const secret = wrapped(random.bytes(500).toString('base64'), 64);
    return [
      secret,
      `${dashes}BEGIN PGP PRIVATE KEY BLOCK-----\n\n${secret}\n${dashes}END PGP PRIVATE KEY BLOCK-----`,
    ];
  },
  'private-key/putty': (random) => {
    const secret = wrapped(random.bytes(300).toString('base64'), 64);
    return [secret, `Private-Lines: 7\n${secret}\nPrivate-MAC: ${random.text(hex, 40)}`];
  },
  'private-key/jwk': (random) => {
    const secret = random.text(urlSafe, 43);
    return [secret, `{"kty":"EC","crv":"P-256","d":"${secret}","use":"sig"}`];
  },
  'us-ssn': (random) => {
    const secret = `${100 + random.below(500)}-${10 + random.below(89)}-${1000 + random.below(8999)}`;
    return [secret, `ssn: ${secret}`];
  },
  'payment-card/grouped': (random) => {
    const secret = withCheckDigit(`4${random.text(digits, 16)}`, 16).replace(/(.{4})(?=.)/g, '$1 ');
    return [secret, `paid with ${secret}, thank you`];
  },
  'iban/grouped': (random) => {
    const secret = withIbanCheck('GB', `WEST${random.text(digits, 14)}`).replace(/(.{4})(?=.)/g, '$1 ');
    return [secret, `IBAN ${secret}`];
  },
};

function wrapped(text: string, columns: number): string {
  return text.match(new RegExp(`.{1,${columns}}`, 'g'))?.join('\n') ?? '';
}

/** Where programs print values that give themselves away. */
const surroundings: ((value: string) => string)[] = [
  (value) => value,
  (value) => `key is ${value}.`,
  (value) => `SOME_VALUE=${value}\nPATH=/usr/bin`,
  (value) => `{"id": 7, "value": "${value}", "ok": true}`,
  (value) => `['${value}', 'b']`,
  (value) => `2026-03-01T10:00:00Z INFO connecting with ${value} (attempt 1)`,
  (value) => `{"log":"line one\\n${value}\\nline three"}`,
  (value) => `\u001b[31m${value}\u001b[0m`,
  (value) => `| name | ${value} |`,
  (value) => `x,${value},y`,
  (value) => `<value>${value}</value>`,
  (value) => `Größe: 3 µm · ${value} · 東京`,
  (value) => `https://example.com/x?k=${value}&n=1`,
  (value) => `raise ValueError("${value}")\nValueError: ${value}`,
];

/** `each` samples of every kind. A card or an IBAN in a URL is too likely an order's number. */
export function makeSecrets(seed: number, each = 5): Sample[] {
  const random = createRandom(seed);
  const samples: Sample[] = [];
  for (let round = 0; round < each; round += 1) {
    for (const [kind, make] of Object.entries(tokens)) {
      const secret = make(random);
      samples.push({ kind, secret, text: random.pick(surroundings)(secret) });
    }
    for (const [variety, place] of Object.entries(placed)) {
      const [kind = ''] = variety.split('/');
      const [secret, text] = place(random);
      samples.push({ kind, secret, text: `${random.pick(['', 'starting\n', '> '])}${text}\ndone\n` });
    }
  }
  return samples;
}

/** Whether enough of a secret is left to be of use: twelve characters in a row, or half of a short one. */
export function isLeaked({ secret }: Sample, output: string): boolean {
  const length = Math.min(12, Math.ceil(secret.length / 2) + 1);
  const ownPart = secret.slice(Math.min(8, Math.max(0, secret.length - 16)));
  for (let at = 0; at + length <= ownPart.length; at += 1) {
    if (output.includes(ownPart.slice(at, at + length))) return true;
  }
  return false;
}
