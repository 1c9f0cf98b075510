import { readLocalKeys } from '../local/local-keys.ts';

export interface ServiceAccess {
  baseUrl: string;
  key: string;
}

/**
 * Where scripts find the service and which key they use: `CORDON_URL` and `CORDON_KEY`, else the local service
 * and the key of the given kind that `npm start` wrote beside its data. Null when there is no key at all.
 */
export async function findService(kind: 'execute' | 'admin'): Promise<ServiceAccess | null> {
  const { CORDON_URL: baseUrl = 'http://127.0.0.1:3000', CORDON_KEY, CORDON_DATA = '.cordon' } = process.env;
  const key = CORDON_KEY ?? (await readLocalKeys(CORDON_DATA))?.[kind];
  return key === undefined ? null : { baseUrl, key };
}

/** Whether something answers at the address; only a connection counts, not its answer. */
export async function isReachable(baseUrl: string): Promise<boolean> {
  return fetch(new URL('/v1/health', baseUrl)).then(
    () => true,
    () => false,
  );
}
