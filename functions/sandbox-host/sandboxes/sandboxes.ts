import { randomBytes } from 'node:crypto';
import type { Limits } from '../../../shared/domain/limits.ts';
import type { Template } from '../guest/guest.ts';
import type { Capacity } from '../pool/capacity.ts';
import type { GuestPool, Start } from '../pool/guest-pool.ts';
import { enforcedLimits } from './enforced-limits.ts';
import { createProcessTable } from './process-table.ts';
import { type EndReason, endReasonOf, type KillReason, type Sandbox } from './sandbox.ts';

export interface NewSandbox {
  template: Template;
  timeoutSeconds: number;
  metadata: Record<string, string>;
  env: Record<string, string>;
  limits: Limits;
}

/** Every sandbox that a client holds. */
export interface Sandboxes {
  /** @throws NoRoom, or what starting a guest throws */
  create(request: NewSandbox): Promise<Sandbox>;
  find(id: string): Sandbox | null;
  list(): Sandbox[];
  /** From now; whatever it was before. */
  setTimeout(sandbox: Sandbox, seconds: number): void;
  /** From now on nobody finds it; its guest is gone a moment later. */
  kill(sandbox: Sandbox, reason: KillReason): void;
  /** From now on nothing can be created. */
  drain(): void;
  isDraining(): boolean;
  /** Ends what runs. Resolves when nothing is left of any sandbox. */
  close(): Promise<void>;
  /** Resolves when no sandbox runs, starts or ends. */
  idle(): Promise<void>;
  counts(): SandboxCounts;
}

export interface SandboxCounts {
  starting: number;
  running: number;
  ending: number;
  /** Since the host started. */
  created: Record<Start, number>;
  refused: number;
  ended: Partial<Record<EndReason, number>>;
}

/** There is no room for the sandbox: `never` on this host, `draining` when it is closing, `full` for the moment. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
  readonly kind: 'full' | 'draining' | 'never';

  constructor(kind: NoRoom['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export function createSandboxes({ pool, capacity }: { pool: GuestPool; capacity: Capacity }): Sandboxes {
  const running = new Map<string, Sandbox>();
  const timers = new Map<string, NodeJS.Timeout>();
  const killed = new Map<string, KillReason>();
  const ending = new Set<string>();
  const waiting: (() => void)[] = [];
  let waitingForRoom = 0;
  let starting = 0;
  const counts = {
    created: { warm: 0, cold: 0 },
    refused: 0,
    ended: {} as Partial<Record<EndReason, number>>,
  };
  let isDraining = false;

  function refuse(kind: NoRoom['kind'], message: string): never {
    counts.refused += 1;
    throw new NoRoom(kind, message);
  }

  /** Wakes whoever waits for room, or for the end of everything, to look again. */
  function tellChange(): void {
    for (const wake of waiting.splice(0)) wake();
  }

  function change(): Promise<void> {
    return new Promise((resolve) => waiting.push(resolve));
  }

  /** Room that an ending sandbox is about to give back is worth the wait; room that is in use is not. */
  async function reserve(memoryMiB: number): Promise<() => void> {
    if (!capacity.canEverFit(memoryMiB))
      refuse('never', 'this host has less memory than the sandbox asks for');
    for (;;) {
      if (isDraining) refuse('draining', 'the host is closing');
      const release = capacity.reserve(memoryMiB);
      if (release !== null) return release;
      if (ending.size <= waitingForRoom) refuse('full', 'the host has no room for another sandbox');
      waitingForRoom += 1;
      await change();
      waitingForRoom -= 1;
    }
  }

  async function create(request: NewSandbox): Promise<Sandbox> {
    const limits = enforcedLimits(request.limits);
    const release = await reserve(limits.memoryMiB);
    starting += 1;
    try {
      const { guest, start } = await pool.take(request.template);
      guest.limit(limits);
      counts.created[start] += 1;
      const sandbox = register(request, guest, release);
      if (!isDraining) return sandbox;
      kill(sandbox, 'closing');
    } catch (error) {
      release();
      throw error;
    } finally {
      starting -= 1;
      tellChange();
    }
    return refuse('draining', 'the host is closing');
  }

  function register(request: NewSandbox, guest: Sandbox['guest'], release: () => void): Sandbox {
    const nowMs = Date.now();
    const sandbox: Sandbox = {
      id: `i${randomBytes(10).toString('hex').slice(1)}`,
      accessToken: randomBytes(24).toString('base64url'),
      template: request.template,
      metadata: request.metadata,
      env: request.env,
      limits: request.limits,
      startedAtMs: nowMs,
      endsAtMs: nowMs,
      guest,
      processes: createProcessTable(guest),
    };
    running.set(sandbox.id, sandbox);
    arm(sandbox, request.timeoutSeconds);
    void guest.ended.then((end) => {
      leave(sandbox);
      ending.delete(sandbox.id);
      const reason = endReasonOf(end, killed.get(sandbox.id) ?? null);
      killed.delete(sandbox.id);
      counts.ended[reason] = (counts.ended[reason] ?? 0) + 1;
      release();
      tellChange();
    });
    return sandbox;
  }

  function arm(sandbox: Sandbox, seconds: number): void {
    clearTimeout(timers.get(sandbox.id));
    sandbox.endsAtMs = Date.now() + seconds * 1000;
    timers.set(
      sandbox.id,
      setTimeout(() => kill(sandbox, 'timeout'), seconds * 1000),
    );
  }

  function leave(sandbox: Sandbox): void {
    running.delete(sandbox.id);
    clearTimeout(timers.get(sandbox.id));
    timers.delete(sandbox.id);
  }

  function kill(sandbox: Sandbox, reason: KillReason): void {
    if (!running.has(sandbox.id)) return;
    leave(sandbox);
    killed.set(sandbox.id, reason);
    ending.add(sandbox.id);
    void sandbox.guest.kill();
  }

  async function idle(): Promise<void> {
    while (running.size + ending.size + starting > 0) await change();
  }

  return {
    create,
    find: (id) => running.get(id) ?? null,
    list: () => [...running.values()],
    setTimeout: (sandbox, seconds) => {
      if (running.has(sandbox.id)) arm(sandbox, seconds);
    },
    kill,
    drain() {
      isDraining = true;
    },
    isDraining: () => isDraining,
    async close() {
      isDraining = true;
      for (const sandbox of running.values()) kill(sandbox, 'closing');
      await idle();
    },
    idle,
    counts: () => ({ ...counts, starting, running: running.size, ending: ending.size }),
  };
}
