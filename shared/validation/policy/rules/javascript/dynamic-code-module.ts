import { javascriptModuleGroups, javascriptSafeModules } from '../../modules/javascript-modules.ts';
import type { JavaScriptRule } from '../../rule.ts';
import { forbidModules } from '../module-rule.ts';

export const dynamicCodeModule: JavaScriptRule = forbidModules(
  'js',
  javascriptModuleGroups['dynamic-code'],
  javascriptSafeModules,
);
