import { childOf } from '../../parse/syntax-tree.ts';
import type { PythonRule } from '../../rule.ts';

const hooks =
  /^(?:sys\.(?:meta_path|path_hooks|modules|settrace|setprofile|_getframe|_current_frames|addaudithook|excepthook|displayhook|setrecursionlimit|breakpointhook|unraisablehook)|gc\.(?:get_objects|get_referrers|get_referents)|asyncio\.(?:open_connection|start_server|create_subprocess_\w+|open_unix_connection|to_thread|subprocess))\b/;

export const interpreterHook: PythonRule = {
  id: 'py-interpreter-hook',
  severity: 'medium',
  title: '{name} reaches around the program.',
  cause: 'It changes how the interpreter works, or reaches what asyncio and gc have beside computation.',
  explanation:
    '`sys.modules`, `sys.meta_path`, `sys.settrace`, `sys._getframe`, objects of `gc`, and connections, processes and threads of `asyncio`.',
  hint: 'Leave {name} alone; compute in-process.',
  denied: 'import sys\nsys.settrace(print)\n',
  allowed: 'import asyncio\nasyncio.run(asyncio.sleep(0))\n',
  *find({ byType }) {
    for (const type of ['attribute', 'identifier']) {
      for (const node of byType.get(type) ?? []) {
        const found = hooks.exec(node.reference ?? '');
        if (found !== null && !hooks.test(childOf(node, 'object')?.reference ?? '') && node.field !== 'name')
          yield { node, name: found[0] };
      }
    }
  },
};
