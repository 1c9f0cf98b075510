/** Something went wrong on our side or the backend's: for the operator's log and metrics, never for the tenant. */
export interface Incident {
  kind: 'failure' | 'circuit_opened' | 'kill_failed';
  level: 'warn' | 'error';
  message: string;
  executionId: string | null;
  sandboxId: string | null;
}
