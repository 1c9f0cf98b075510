import type { BashRule } from '../rule.ts';
import { containerEscape } from './bash/container-escape.ts';
import { decodedScript } from './bash/decoded-script.ts';
import { deleteRoot } from './bash/delete-root.ts';
import { deviceWrite } from './bash/device-write.ts';
import { exfiltration } from './bash/exfiltration.ts';
import { forkBomb } from './bash/fork-bomb.ts';
import { hiddenCommand } from './bash/hidden-command.ts';
import { killOthers } from './bash/kill-others.ts';
import { madeCommand } from './bash/made-command.ts';
import { metadataService } from './bash/metadata-service.ts';
import { mining } from './bash/mining.ts';
import { networkCommand } from './bash/network-command.ts';
import { persistence } from './bash/persistence.ts';
import { privilegedCommand } from './bash/privileged-command.ts';
import { remoteScript } from './bash/remote-script.ts';
import { reverseShell } from './bash/reverse-shell.ts';
import { sensitiveFile } from './bash/sensitive-file.ts';
import { wipedTraces } from './bash/wiped-traces.ts';

/** All of them; a rule that isn't here isn't looked for. */
export const bashRules: readonly BashRule[] = [
  containerEscape,
  decodedScript,
  deleteRoot,
  deviceWrite,
  exfiltration,
  forkBomb,
  hiddenCommand,
  killOthers,
  madeCommand,
  metadataService,
  mining,
  networkCommand,
  persistence,
  privilegedCommand,
  remoteScript,
  reverseShell,
  sensitiveFile,
  wipedTraces,
];
