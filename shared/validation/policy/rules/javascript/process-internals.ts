import type { JavaScriptRule } from '../../rule.ts';

const inner =
  /^(?:process\.(?:binding|_linkedBinding|dlopen|mainModule|_kill|_debugProcess|_rawDebug|reallyExit)|(?:module|require)\.(?:constructor\._\w+|_load|_extensions|_compile|extensions)|module\.constructor|require\.main|Error\.prepareStackTrace|v8\.setFlagsFromString)$/;

export const processInternals: JavaScriptRule = {
  id: 'js-process-internals',
  severity: 'high',
  title: '{name} reaches the inside of the process.',
  cause: 'Bindings and native libraries are below everything that checks anything.',
  explanation:
    '`process.binding`, `process.dlopen`, `process.mainModule`, `_linkedBinding`, `module.constructor._load`, `require.cache`, `Error.prepareStackTrace` for call sites.',
  hint: 'Import what you need by its name.',
  denied: 'process.binding("spawn_sync");\n',
  allowed: 'console.log(process.argv.length);\n',
  *find({ byType }) {
    for (const type of ['member_expression', 'subscript_expression']) {
      for (const node of byType.get(type) ?? []) {
        if (inner.test(node.reference ?? '')) yield { node, name: node.reference ?? '' };
      }
    }
  },
};
