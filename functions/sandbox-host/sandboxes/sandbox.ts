import type { Limits } from '../../../shared/domain/limits.ts';
import type { Guest, Template } from '../guest/guest.ts';
import type { SentryEnd, SentryLimit } from '../sentry/sentry.ts';
import type { ProcessTable } from './process-table.ts';

/** A guest that a client holds. */
export interface Sandbox {
  readonly id: string;
  /** What a client of this sandbox proves itself with. */
  readonly accessToken: string;
  readonly template: Template;
  readonly metadata: Readonly<Record<string, string>>;
  /** Set for every process of the sandbox. */
  readonly env: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly startedAtMs: number;
  endsAtMs: number;
  readonly guest: Guest;
  readonly processes: ProcessTable;
}

/** Why the host ended a sandbox. */
export type KillReason = 'requested' | 'timeout' | 'client_vanished' | 'closing';
/** Why a sandbox ended, for the host's metrics. */
export type EndReason = KillReason | SentryLimit | 'exited' | 'lost';

export function endReasonOf(end: SentryEnd, killed: KillReason | null): EndReason {
  switch (end.kind) {
    case 'limited':
      return end.limit;
    case 'killed':
      return killed ?? 'lost';
    case 'exited':
    case 'lost':
      return killed ?? end.kind;
  }
}
