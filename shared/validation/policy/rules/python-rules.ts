import type { PythonRule } from '../rule.ts';
import { attributeByName } from './python/attribute-by-name.ts';
import { borrowedModule } from './python/borrowed-module.ts';
import { callHook } from './python/call-hook.ts';
import { classWalk } from './python/class-walk.ts';
import { concealedName } from './python/concealed-name.ts';
import { concealedText } from './python/concealed-text.ts';
import { concurrencyModule } from './python/concurrency-module.ts';
import { databaseModule } from './python/database-module.ts';
import { deleteTree } from './python/delete-tree.ts';
import { dynamicCode } from './python/dynamic-code.ts';
import { dynamicCodeModule } from './python/dynamic-code-module.ts';
import { endlessGrowth } from './python/endless-growth.ts';
import { environmentLeak } from './python/environment-leak.ts';
import { fileModule } from './python/file-module.ts';
import { forgedCode } from './python/forged-code.ts';
import { forkBomb } from './python/fork-bomb.ts';
import { formatWalk } from './python/format-walk.ts';
import { hiddenCode } from './python/hidden-code.ts';
import { hiddenText } from './python/hidden-text.ts';
import { hostileCommand } from './python/hostile-command.ts';
import { innerAttribute } from './python/inner-attribute.ts';
import { interpreterHook } from './python/interpreter-hook.ts';
import { introspectionModule } from './python/introspection-module.ts';
import { killOthers } from './python/kill-others.ts';
import { lookalikeName } from './python/lookalike-name.ts';
import { memoryBomb } from './python/memory-bomb.ts';
import { metadataService } from './python/metadata-service.ts';
import { mining } from './python/mining.ts';
import { namespaceAccess } from './python/namespace-access.ts';
import { nativeMemory } from './python/native-memory.ts';
import { networkModule } from './python/network-module.ts';
import { openFile } from './python/open-file.ts';
import { processModule } from './python/process-module.ts';
import { reverseShell } from './python/reverse-shell.ts';
import { sensitiveFile } from './python/sensitive-file.ts';
import { serializationModule } from './python/serialization-module.ts';
import { sourceEncoding } from './python/source-encoding.ts';
import { systemModule } from './python/system-module.ts';
import { unlistedModule } from './python/unlisted-module.ts';

/** All of them; a rule that isn't here isn't looked for. */
export const pythonRules: readonly PythonRule[] = [
  attributeByName,
  borrowedModule,
  callHook,
  classWalk,
  concealedName,
  concealedText,
  concurrencyModule,
  databaseModule,
  deleteTree,
  dynamicCodeModule,
  dynamicCode,
  environmentLeak,
  fileModule,
  forgedCode,
  forkBomb,
  formatWalk,
  hiddenCode,
  hiddenText,
  hostileCommand,
  innerAttribute,
  interpreterHook,
  introspectionModule,
  killOthers,
  lookalikeName,
  endlessGrowth,
  memoryBomb,
  metadataService,
  mining,
  namespaceAccess,
  nativeMemory,
  networkModule,
  openFile,
  processModule,
  reverseShell,
  sensitiveFile,
  serializationModule,
  sourceEncoding,
  systemModule,
  unlistedModule,
];
