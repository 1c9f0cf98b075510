import { looksRandom } from '../randomness.ts';
import { beginning, type Rule, token } from '../rule.ts';

/** Chat, mail and telephony. */
export const messagingRules: Rule[] = [
  token({
    kind: 'slack-token',
    prefixes: [
      'xoxb-',
      'xoxp-',
      'xoxa-',
      'xoxr-',
      'xoxs-',
      'xoxo-',
      'xoxc-',
      'xoxd-',
      'xoxe-',
      'xoxe.',
      'xapp-',
    ],
    body: '[\\w.%-]{20,512}',
    reach: 600,
    isSecret: looksRandom,
  }),
  {
    kind: 'slack-webhook',
    keywords: ['hooks.slack.com/'],
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[\w+/-]{30,120})/y,
    reach: 180,
    stop: 'space',
  },
  {
    kind: 'discord-webhook',
    keywords: ['/api/webhooks/'],
    pattern: /\/api\/webhooks\/\d{16,20}\/(?<secret>[\w-]{60,80})/y,
    reach: 130,
    stop: 'space',
  },
  // The first part is the bot's number in base64: digits begin with these two characters.
  token({
    kind: 'discord-token',
    prefixes: ['MT', 'MD', 'Mj', 'Mz', 'ND', 'NT', 'Nj', 'Nz', 'OD', 'OT'],
    body: '[A-Za-z0-9]{20,26}\\.[\\w-]{6}\\.[\\w-]{27,40}(?![\\w-])',
    reach: 90,
  }),
  {
    kind: 'telegram-token',
    keywords: [':aa'],
    pattern: new RegExp(
      `(?<=(?:bot|${beginning('A-Za-z0-9')})(?<before>\\d{8,10})):AA[\\w-]{32,34}(?![\\w-])`,
      'y',
    ),
    reach: 42,
    stop: 'space',
  },
  token({ kind: 'twilio-key', prefixes: ['SK'], body: '[a-f0-9]{32}(?![A-Za-z0-9])' }),
  token({ kind: 'sendgrid-key', prefixes: ['SG.'], body: '[\\w-]{20,24}\\.[\\w-]{39,50}' }),
  token({ kind: 'mailgun-key', prefixes: ['key-'], body: '[a-f0-9]{32}(?![A-Za-z0-9])' }),
  {
    kind: 'mailchimp-key',
    keywords: ['-us'],
    pattern: new RegExp(
      `(?<=${beginning('A-Za-z0-9')}(?<before>[a-f0-9]{32}))-us\\d{1,2}(?![A-Za-z0-9])`,
      'y',
    ),
    reach: 6,
    stop: 'space',
  },
  token({
    kind: 'resend-key',
    prefixes: ['re_'],
    body: '[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}',
    isSecret: looksRandom,
  }),
  token({ kind: 'brevo-key', prefixes: ['xkeysib-', 'xsmtpsib-'], body: '[a-f0-9]{64}-[A-Za-z0-9]{16}' }),
  {
    kind: 'teams-webhook',
    keywords: ['.webhook.office.com/'],
    pattern: /\.webhook\.office\.com\/(?<secret>[\w@/-]{80,250})/y,
    reach: 300,
    stop: 'space',
  },
  token({
    kind: 'hubspot-token',
    prefixes: ['pat-na1-', 'pat-na2-', 'pat-eu1-', 'pat-ap1-'],
    body: '[a-f0-9-]{36}',
  }),
  token({ kind: 'facebook-token', prefixes: ['EAA'], body: '[A-Za-z0-9]{80,400}', isSecret: looksRandom }),
  token({
    kind: 'twitter-bearer-token',
    prefixes: ['A'.repeat(21)],
    body: '[A-Za-z0-9]{8,40}%[A-Za-z0-9%]{30,100}',
  }),
];
