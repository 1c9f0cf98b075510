import { javascriptModuleGroups, javascriptSafeModules } from '../../modules/javascript-modules.ts';
import type { JavaScriptRule } from '../../rule.ts';
import { forbidModules } from '../module-rule.ts';

export const fileModule: JavaScriptRule = forbidModules(
  'js',
  javascriptModuleGroups.file,
  javascriptSafeModules,
);
