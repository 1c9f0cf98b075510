import { createPythonInterpreter } from '../interpreter/python/python-interpreter.ts';
import { serve } from './serve.ts';
import { warmUp } from './warm-up.ts';

/** Entry of the child process for Python: `python-child.mjs <bytes of native stack>`. */
Error.stackTraceLimit = 0;
const directory = import.meta.dirname;
const nativeStackBytes = Number(process.argv[2]);
const interpreter = createPythonInterpreter({ directory, nativeStackBytes });
await warmUp(interpreter, 'python', 'print(1)');
await serve(interpreter);
