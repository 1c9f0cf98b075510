import type { JavaScriptRule } from '../rule.ts';
import { concurrencyModule } from './javascript/concurrency-module.ts';
import { dynamicCodeModule } from './javascript/dynamic-code-module.ts';
import { fileModule } from './javascript/file-module.ts';
import { networkModule } from './javascript/network-module.ts';
import { processModule } from './javascript/process-module.ts';
import { systemModule } from './javascript/system-module.ts';

/** All of them; a rule that isn't here isn't looked for. */
export const javascriptRules: readonly JavaScriptRule[] = [
  concurrencyModule,
  dynamicCodeModule,
  fileModule,
  networkModule,
  processModule,
  systemModule,
];
