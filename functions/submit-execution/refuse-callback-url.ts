import { type CallbackTargets, urlProblem } from '../../shared/contract/callback-url.ts';
import type { SubmitRequest } from '../../shared/contract/submit-request.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';

/** Throws `invalid_request` for an address that no callback would be sent to. What a name stands for is seen later. */
export function refuseCallbackUrl({ callbackUrl }: SubmitRequest, targets: CallbackTargets): void {
  const detail = callbackUrl === undefined ? null : urlProblem(callbackUrl, targets);
  if (detail === null) return;
  throw new CordonError('invalid_request', `callbackUrl: ${detail}`, {
    details: { errors: [{ detail, pointer: '#/callbackUrl' }] },
  });
}
