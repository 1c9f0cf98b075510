import { looksRandom } from '../randomness.ts';
import { type Rule, token } from '../rule.ts';

/** Payments and shops. */
export const paymentRules: Rule[] = [
  token({
    kind: 'stripe-key',
    prefixes: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_org_'],
    body: '[A-Za-z0-9]{16,255}',
  }),
  token({ kind: 'webhook-secret', prefixes: ['whsec_'], body: '[A-Za-z0-9+/]{24,128}={0,2}' }),
  token({ kind: 'square-token', prefixes: ['EAAA'], body: '[\\w-]{56,64}(?![\\w-])', isSecret: looksRandom }),
  token({ kind: 'square-token', prefixes: ['sq0atp-', 'sq0csp-', 'sq0idp-'], body: '[\\w-]{22,43}' }),
  token({
    kind: 'braintree-token',
    prefixes: ['access_token$'],
    body: '(?:production|sandbox)\\$[a-z0-9]{16}\\$[a-f0-9]{32}',
  }),
  token({
    kind: 'shopify-token',
    prefixes: ['shpat_', 'shpss_', 'shpca_', 'shppa_'],
    body: '[a-fA-F0-9]{32}',
  }),
  token({ kind: 'razorpay-key', prefixes: ['rzp_live_', 'rzp_test_'], body: '[A-Za-z0-9]{14,32}' }),
  token({
    kind: 'plaid-token',
    prefixes: ['access-'],
    body: '(?:production|sandbox|development)-[a-f0-9-]{36}',
  }),
  token({
    kind: 'flutterwave-key',
    prefixes: ['FLWSECK_TEST-', 'FLWSECK-'],
    body: '[A-Za-z0-9]{12,64}(?:-X)?',
  }),
  token({
    kind: 'mollie-key',
    prefixes: ['live_', 'test_'],
    body: '[A-Za-z0-9]{30}(?![A-Za-z0-9])',
    isSecret: looksRandom,
  }),
  token({ kind: 'easypost-key', prefixes: ['EZAK', 'EZTK'], body: '[A-Za-z0-9]{54}' }),
  token({ kind: 'duffel-token', prefixes: ['duffel_live_', 'duffel_test_'], body: '[\\w-]{40,50}' }),
  token({ kind: 'shippo-token', prefixes: ['shippo_live_', 'shippo_test_'], body: '[a-f0-9]{40}' }),
];
