import { tenantSchema } from '../../shared/contract/api-key.ts';
import type { Account } from '../../shared/domain/account.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { HttpRequest } from '../../shared/lambda/http-function.ts';
import type { AccountReader } from '../../shared/ports/account-reader.ts';

/** The tenant that a route names, with its account. Throws `not_found` when there is none. */
export async function knownTenant(
  tenants: AccountReader,
  { pathParameters }: HttpRequest,
): Promise<{ tenant: string; account: Account }> {
  const { tenant = '' } = pathParameters;
  const account = tenantSchema.safeParse(tenant).success ? await tenants.find(tenant) : null;
  if (account === null) throw new CordonError('not_found', 'There is no tenant of this name.');
  return { tenant, account };
}
