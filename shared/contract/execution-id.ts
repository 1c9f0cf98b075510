import { CordonError } from '../domain/cordon-error.ts';
import { executionIdSchema } from './list-query.ts';

/** For another tenant's id too: nobody learns which there are. */
export function unknownExecution(): CordonError {
  return new CordonError('not_found', 'There is no execution with this id.');
}

/** The execution that a path names. Throws `not_found`: what can't be an id is none. */
export function executionIdOf(pathParameter: string | undefined): string {
  const id = executionIdSchema.safeParse(pathParameter);
  if (!id.success) throw unknownExecution();
  return id.data;
}
