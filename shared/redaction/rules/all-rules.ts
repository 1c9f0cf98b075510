import type { Rule } from '../rule.ts';
import { aiRules } from './ai.ts';
import { cloudRules } from './cloud.ts';
import { credentialRules } from './credentials.ts';
import { keyRules } from './keys.ts';
import { messagingRules } from './messaging.ts';
import { paymentRules } from './payments.ts';
import { contactRules, personalRules } from './personal-data.ts';
import { serviceRules } from './services.ts';
import { sourceHostingRules } from './source-hosting.ts';

/** Every rule; where matches of two overlap, the earlier one names the kind. */
export const standardRules: readonly Rule[] = [
  ...keyRules,
  ...cloudRules,
  ...sourceHostingRules,
  ...paymentRules,
  ...messagingRules,
  ...aiRules,
  ...serviceRules,
  ...personalRules,
  ...credentialRules,
];

export const rulesWithContacts: readonly Rule[] = [...standardRules, ...contactRules];
