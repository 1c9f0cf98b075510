import { looksRandom } from '../randomness.ts';
import { type Rule, token } from '../rule.ts';

/** Databases as a service, observability, and the tools of a team. */
export const serviceRules: Rule[] = [
  token({ kind: 'supabase-key', prefixes: ['sbp_'], body: '[a-f0-9]{40}' }),
  token({ kind: 'supabase-key', prefixes: ['sb_secret_'], body: '[\\w-]{30,50}' }),
  token({
    kind: 'planetscale-token',
    prefixes: ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
    body: '[\\w.-]{32,64}',
  }),
  token({ kind: 'neon-key', prefixes: ['napi_'], body: '[A-Za-z0-9]{60,68}' }),
  token({
    kind: 'newrelic-key',
    prefixes: ['NRAK-', 'NRII-', 'NRJS-', 'NRAA-'],
    body: '[\\w-]{19,42}',
    isSecret: looksRandom,
  }),
  token({ kind: 'sentry-token', prefixes: ['sntryu_'], body: '[a-f0-9]{64}' }),
  token({
    kind: 'sentry-token',
    prefixes: ['sntrys_eyJ'],
    body: '[\\w+/-]{80,500}={0,2}(?:_[\\w+/-]{20,64})?',
    reach: 600,
  }),
  token({ kind: 'grafana-token', prefixes: ['glsa_'], body: '[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}' }),
  token({ kind: 'grafana-token', prefixes: ['glc_'], body: '[A-Za-z0-9+/]{32,400}={0,2}' }),
  token({ kind: 'honeycomb-key', prefixes: ['hcaik_', 'hcxik_', 'hcalk_'], body: '[a-z0-9]{50,64}' }),
  token({
    kind: 'dynatrace-token',
    prefixes: ['dt0c01.', 'dt0s01.', 'dt0s02.'],
    body: '[A-Z2-7]{24}\\.[A-Z2-7]{64}',
  }),
  token({ kind: 'posthog-key', prefixes: ['phx_'], body: '[A-Za-z0-9]{40,64}' }),
  token({
    kind: 'launchdarkly-key',
    prefixes: ['sdk-', 'api-'],
    body: '[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}',
  }),
  token({ kind: 'contentful-token', prefixes: ['CFPAT-'], body: '[\\w-]{43}' }),
  token({ kind: 'airtable-token', prefixes: ['pat'], body: '[A-Za-z0-9]{14}\\.[a-f0-9]{64}' }),
  token({
    kind: 'notion-token',
    prefixes: ['ntn_', 'secret_'],
    body: '[A-Za-z0-9]{40,60}(?![A-Za-z0-9])',
    isSecret: looksRandom,
  }),
  token({ kind: 'figma-token', prefixes: ['figd_', 'figu_'], body: '[\\w-]{38,60}' }),
  token({ kind: 'linear-key', prefixes: ['lin_api_', 'lin_oauth_'], body: '[A-Za-z0-9]{40,64}' }),
  token({ kind: 'asana-token', prefixes: ['1/', '2/'], body: '\\d{13,19}(?:/\\d{13,19})?:[a-f0-9]{32}' }),
  token({ kind: 'clickup-token', prefixes: ['pk_'], body: '\\d{6,9}_[A-Z0-9]{32}' }),
  token({ kind: 'postman-key', prefixes: ['PMAK-'], body: '[a-f0-9]{24}-[a-f0-9]{34}' }),
  token({ kind: 'typeform-token', prefixes: ['tfp_'], body: '[\\w-]{40,64}' }),
  token({ kind: 'dropbox-token', prefixes: ['sl.'], body: '[\\w-]{120,2000}', reach: 2_100 }),
  token({ kind: 'mapbox-token', prefixes: ['sk.eyJ'], body: '[\\w-]{40,200}\\.[\\w-]{20,30}' }),
];
