import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openGuestMemory } from '../../../../functions/sandbox-host/sentry/guest-memory.ts';
import { describeOnGvisor } from '../../../support/gvisor.ts';

describeOnGvisor('the memory of a guest', () => {
  const us = 0;
  let parent: ChildProcess;
  /** It has ended, and nobody has asked how. */
  let zombie: number;

  beforeEach(async () => {
    // What the shell becomes never asks after the child that the shell began.
    parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [said] = await once(parent.stdout ?? parent, 'data');
    zombie = Number(said);
    while (readFileSync(`/proc/${parent.pid}/comm`, 'utf8') !== 'sleep\n') await delay(1);
    process.kill(zombie, 'SIGKILL');
    while (!readFileSync(`/proc/${zombie}/stat`, 'utf8').includes(') Z ')) await delay(1);
  });
  afterEach(async () => {
    const ended = once(parent, 'exit');
    parent.kill('SIGKILL');
    await ended;
  });

  test('is nothing once its sentry has ended, whether or not that is known yet', () => {
    for (const pid of [zombie, 2 ** 22 + 1]) {
      const memory = openGuestMemory(pid, us);

      expect([memory.guestMiB(), memory.sentryMiB()]).toEqual([0, 0]);
      memory.close();
    }
  });

  test('that can not be measured is an error, as it could not be limited', () => {
    expect(() => openGuestMemory(process.pid, us)).toThrow('the sentry has no memory file');
  });
});
