import { createQuickJsInterpreter } from '../interpreter/javascript/quickjs-interpreter.ts';
import { serve } from './serve.ts';
import { warmUp } from './warm-up.ts';

/** Entry of the child process for JavaScript and TypeScript: `javascript-child.mjs <bytes of native stack>`. */
Error.stackTraceLimit = 0;
const directory = import.meta.dirname;
const nativeStackBytes = Number(process.argv[2]);
const interpreter = createQuickJsInterpreter({ directory, nativeStackBytes });
await warmUp(interpreter, 'javascript', 'console.log(1)');
await serve(interpreter);
