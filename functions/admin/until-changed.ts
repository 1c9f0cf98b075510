import { CordonError } from '../../shared/domain/cordon-error.ts';

/** Changes that race each other are tried again this often, each on top of the one before. */
const maxTries = 5;

/** Tries a change until none was faster; an attempt answers null when one was. Throws `conflict` when others never stop. */
export async function untilChanged<Changed>(attempt: () => Promise<Changed | null>): Promise<Changed> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const changed = await attempt();
    if (changed !== null) return changed;
  }
  throw new CordonError('conflict', 'Others are changing this at the same time; read it and try again.');
}
