import type { JavaScriptRule } from '../rule.ts';
import { concealedName } from './javascript/concealed-name.ts';
import { concurrencyModule } from './javascript/concurrency-module.ts';
import { constructorChain } from './javascript/constructor-chain.ts';
import { deleteTree } from './javascript/delete-tree.ts';
import { dynamicCode } from './javascript/dynamic-code.ts';
import { dynamicCodeModule } from './javascript/dynamic-code-module.ts';
import { endlessGrowth } from './javascript/endless-growth.ts';
import { environmentLeak } from './javascript/environment-leak.ts';
import { fileModule } from './javascript/file-module.ts';
import { forkBomb } from './javascript/fork-bomb.ts';
import { hiddenCode } from './javascript/hidden-code.ts';
import { hiddenComment } from './javascript/hidden-comment.ts';
import { hostileCommand } from './javascript/hostile-command.ts';
import { killOthers } from './javascript/kill-others.ts';
import { memoryBomb } from './javascript/memory-bomb.ts';
import { metadataService } from './javascript/metadata-service.ts';
import { mining } from './javascript/mining.ts';
import { networkModule } from './javascript/network-module.ts';
import { networkUse } from './javascript/network-use.ts';
import { processInternals } from './javascript/process-internals.ts';
import { processModule } from './javascript/process-module.ts';
import { processUse } from './javascript/process-use.ts';
import { prototypeAccess } from './javascript/prototype-access.ts';
import { prototypePollution } from './javascript/prototype-pollution.ts';
import { reverseShell } from './javascript/reverse-shell.ts';
import { sensitiveFile } from './javascript/sensitive-file.ts';
import { systemModule } from './javascript/system-module.ts';
import { unlistedModule } from './javascript/unlisted-module.ts';
import { workerUse } from './javascript/worker-use.ts';

/** All of them; a rule that isn't here isn't looked for. */
export const javascriptRules: readonly JavaScriptRule[] = [
  concealedName,
  concurrencyModule,
  constructorChain,
  deleteTree,
  dynamicCodeModule,
  dynamicCode,
  environmentLeak,
  fileModule,
  forkBomb,
  hiddenCode,
  hiddenComment,
  hostileCommand,
  killOthers,
  endlessGrowth,
  memoryBomb,
  metadataService,
  mining,
  networkModule,
  networkUse,
  processInternals,
  processModule,
  processUse,
  prototypeAccess,
  prototypePollution,
  reverseShell,
  sensitiveFile,
  systemModule,
  unlistedModule,
  workerUse,
];
