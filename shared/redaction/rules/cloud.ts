import { looksRandom } from '../randomness.ts';
import { beginning, type Rule, token } from '../rule.ts';

/** Clouds, hosting and infrastructure. */
export const cloudRules: Rule[] = [
  token({
    kind: 'aws-access-key',
    prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    body: '[A-Z2-7]{16}(?![A-Za-z0-9])',
  }),
  {
    kind: 'aws-secret-key',
    keywords: ['secret_access_key', 'secretaccesskey', 'secret-access-key', 'secretkey', 'secret_key'],
    pattern:
      /secret[_-]?(?:access)?[_-]?key\\?["']?\]?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}\\?["']?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/iy,
    reach: 96,
    stop: 'line',
    isSecret: looksRandom,
  },
  {
    // A key pair in one line, as in a tuple, a table or a log.
    kind: 'aws-secret-key',
    keywords: ['akia', 'asia'],
    pattern:
      /(?<![A-Za-z0-9])A[KS]IA[A-Z2-7]{16}[^A-Za-z0-9/+\r\n]{1,8}(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/y,
    reach: 80,
    stop: 'line',
    isSecret: looksRandom,
  },
  token({
    kind: 'aws-session-token',
    prefixes: ['IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz'],
    body: '[A-Za-z0-9/+]{60,2048}={0,2}',
    reach: 2_100,
  }),
  token({ kind: 'aws-bedrock-key', prefixes: ['ABSK'], body: '[A-Za-z0-9+/]{100,300}={0,2}' }),
  token({ kind: 'google-api-key', prefixes: ['AIza'], body: '[\\w-]{35}(?![\\w-])' }),
  token({ kind: 'google-oauth-token', prefixes: ['ya29.'], body: '[\\w.-]{20,1024}', reach: 1_100 }),
  token({ kind: 'google-oauth-token', prefixes: ['1//0'], body: '[\\w-]{40,256}' }),
  token({ kind: 'google-client-secret', prefixes: ['GOCSPX-'], body: '[\\w-]{24,64}' }),
  {
    kind: 'azure-storage-key',
    keywords: ['accountkey=', 'sharedaccesskey='],
    pattern: /(?:accountkey|sharedaccesskey)=(?<secret>[A-Za-z0-9+/]{42,86}={0,2})/iy,
    reach: 120,
    stop: 'space',
  },
  {
    kind: 'azure-client-secret',
    keywords: ['q~'],
    pattern: new RegExp(
      `(?<=${beginning('\\w~.-')}(?<before>[\\w~.-]{3}\\d))Q~[\\w~.-]{31,34}(?![\\w~-])`,
      'y',
    ),
    reach: 40,
    stop: 'space',
  },
  {
    kind: 'azure-devops-token',
    keywords: ['azdo'],
    pattern: new RegExp(
      `(?<=${beginning('A-Za-z0-9')}(?<before>[A-Za-z0-9]{68,76}))AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])`,
      'y',
    ),
    reach: 12,
    stop: 'space',
  },
  {
    kind: 'signed-url',
    keywords: ['x-amz-signature=', 'x-goog-signature=', 'sig='],
    pattern: /(?<=[?&;])(?:x-(?:amz|goog)-signature|sig)=(?<secret>[A-Za-z0-9%+/_=-]{32,1024})/iy,
    reach: 1_100,
    stop: 'space',
  },
  token({ kind: 'digitalocean-token', prefixes: ['dop_v1_', 'doo_v1_', 'dor_v1_'], body: '[a-f0-9]{64}' }),
  token({ kind: 'heroku-key', prefixes: ['HRKU-AA'], body: '[\\w-]{40,80}' }),
  token({ kind: 'cloudflare-origin-key', prefixes: ['v1.0-'], body: '[a-f0-9]{24}-[a-f0-9]{100,200}' }),
  token({
    kind: 'alibaba-access-key',
    prefixes: ['LTAI'],
    body: '[A-Za-z0-9]{12,24}(?![A-Za-z0-9])',
    isSecret: looksRandom,
  }),
  token({
    kind: 'tencent-secret-id',
    prefixes: ['AKID'],
    body: '[A-Za-z0-9]{32}(?![A-Za-z0-9])',
    isSecret: looksRandom,
  }),
  token({ kind: 'netlify-token', prefixes: ['nfp_', 'nfc_', 'nfo_', 'nfu_'], body: '[A-Za-z0-9]{32,64}' }),
  token({
    kind: 'fly-token',
    prefixes: ['fm1r_', 'fm1a_', 'fm2_', 'fo1_'],
    body: '[\\w+/-]{40,2048}={0,2}',
    reach: 2_100,
  }),
  token({ kind: 'render-key', prefixes: ['rnd_'], body: '[A-Za-z0-9]{28,64}' }),
  token({ kind: 'hashicorp-vault-token', prefixes: ['hvs.', 'hvb.', 'hvr.'], body: '[\\w-]{24,400}' }),
  {
    kind: 'terraform-token',
    keywords: ['.atlasv1.'],
    pattern: new RegExp(
      `(?<=${beginning('A-Za-z0-9')}(?<before>[A-Za-z0-9]{14}))\\.atlasv1\\.[\\w-]{60,70}`,
      'y',
    ),
    reach: 90,
    stop: 'space',
  },
  token({ kind: 'pulumi-token', prefixes: ['pul-'], body: '[a-f0-9]{40}(?![a-f0-9])' }),
  token({
    kind: 'doppler-token',
    prefixes: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    body: '[\\w.-]{40,90}',
  }),
  token({ kind: 'databricks-token', prefixes: ['dapi'], body: '[a-f0-9]{32}(?:-\\d)?(?![a-f0-9])' }),
  token({
    kind: 'cordon-key',
    prefixes: ['cordon_'],
    body: '[A-Za-z0-9-]{1,64}_[A-Za-z0-9_-]{16,128}',
    isSecret: looksRandom,
  }),
  token({ kind: 'onepassword-token', prefixes: ['ops_eyJ'], body: '[\\w+/-]{100,2048}={0,2}', reach: 2_100 }),
];
