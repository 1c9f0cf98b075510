import { pythonModuleGroups } from '../../modules/python-modules.ts';
import { pythonSafeModules } from '../../modules/python-safe-modules.ts';
import type { PythonRule } from '../../rule.ts';
import { forbidModules } from '../module-rule.ts';

export const serializationModule: PythonRule = forbidModules(
  'py',
  pythonModuleGroups.serialization,
  pythonSafeModules,
);
