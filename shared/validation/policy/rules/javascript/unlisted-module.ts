import { javascriptModuleGroups, javascriptSafeModules } from '../../modules/javascript-modules.ts';
import { listedAs } from '../../modules/module-group.ts';
import type { JavaScriptRule } from '../../rule.ts';

const grouped = new Set<string>(Object.values(javascriptModuleGroups).flatMap(({ modules }) => [...modules]));

export const unlistedModule: JavaScriptRule = {
  id: 'js-unlisted-module',
  severity: 'medium',
  title: 'The module {name} is not among the safe ones.',
  cause: 'Nobody has looked at what it can do.',
  explanation:
    'Under a profile that lists modules, what is on no list: neither a safe module of Node nor one of the dangerous groups nor a file of the program.',
  hint: "Use what the language itself has instead of {name}, or ask for it in the policy's allowModules.",
  denied: 'import _ from "lodash";\nconsole.log(_.now());\n',
  allowed: 'import { strict } from "node:assert";\nstrict(true);\n',
  isForListedModulesOnly: true,
  *find({ imports }) {
    for (const { module, node } of imports) {
      if (listedAs(module, javascriptSafeModules) === null && listedAs(module, grouped) === null) {
        yield { node, name: module, module };
      }
    }
  },
};
