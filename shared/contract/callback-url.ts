import { isIP } from 'node:net';
import * as z from 'zod';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

const mostCharacters = 2_048;

/** Where callbacks may go. `local` is for a service on a developer's machine: it adds http and the machine itself. */
export const callbackTargetsSchema = z.enum(['public', 'local']).default('public');
export type CallbackTargets = z.infer<typeof callbackTargetsSchema>;

/** An absolute address, in the form that it is given in. Which ones are admitted is a matter of {@link urlProblem}. */
export const callbackUrlSchema = z
  .string()
  .min(1)
  .max(mostCharacters)
  .refine((text) => URL.canParse(text) && /^https?:\/\//i.test(text), {
    message: 'must be an absolute https URL',
    abort: true,
  })
  .refine((text) => !hasControlCharacterOrSpace(text), 'must not contain spaces or control characters')
  .refine((text) => new URL(text).username === '' && new URL(text).password === '', 'must not name a user')
  .refine((text) => !text.includes('#'), 'must not have a fragment')
  .meta({ format: 'uri', description: 'Where the execution is posted once it is over: docs/callbacks.md' });

/** Why an address can't be called, or null. A name may still lead where it must not: only its addresses tell. */
export function urlProblem(text: string, targets: CallbackTargets): string | null {
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'https:' && targets === 'public') return 'must be an absolute https URL';
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 || isAdmittedAddress(host, targets)
    ? null
    : 'must name a host on the public internet';
}

/** Whether a callback may be sent to this address, numbers and all. */
export function isAdmittedAddress(address: string, targets: CallbackTargets): boolean {
  return isPublicAddress(address) || (targets === 'local' && isLoopbackAddress(address));
}

function hasControlCharacterOrSpace(text: string): boolean {
  return [...text].some((character) => character <= ' ' || character === '\x7f');
}
