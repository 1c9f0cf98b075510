import { formatValue } from './inspect.ts';
import { constructorName } from './names.ts';
import type { Context } from './options.ts';
import { indented } from './properties.ts';

/** An error's stack, or its name and message in brackets if it has no call sites. */
export function formatError(context: Context, error: Error, depth: number): string {
  const text = improveName(error, stackOf(error));
  const parts = [text.includes('\n    at') ? text : `[${text}]`];
  for (const key of ['cause', 'errors']) {
    const descriptor = Object.getOwnPropertyDescriptor(error, key);
    if (descriptor === undefined || descriptor.enumerable === true) continue;
    parts.push(`[${key}]: ${hidden(context, error, descriptor.value, depth)}`);
  }
  const [stack = '', ...extra] = parts;
  const indentedStack = context.indentation === 0 ? stack : stack.replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
  if (extra.length === 0) return indentedStack;
  const margin = `\n${' '.repeat(context.indentation)}`;
  return `${indentedStack} {${extra.map((part) => `${margin}  ${part}`).join(',')}${margin}}`;
}

function hidden(context: Context, error: Error, value: unknown, depth: number): string {
  context.seen.push(error);
  const text = indented(context, () => (depth + 1 > context.depth ? '[Error]' : formatValue(context, value, depth + 1)));
  context.seen.pop();
  return text;
}

/** Properties that the stack already shows aren't repeated. */
export function shownErrorKeys(error: Error, keys: PropertyKey[]): PropertyKey[] {
  const stack = stackOf(error);
  return keys.filter((key) => {
    if (key !== 'name' && key !== 'message' && key !== 'stack') return true;
    return !stack.includes(String(Reflect.get(error, key)));
  });
}

function stackOf(error: Error): string {
  const { stack } = error;
  if (typeof stack === 'string' && stack !== '') return stack;
  return Error.prototype.toString.call(error);
}

/** A subclass that keeps the name "Error" is shown under its own. */
function improveName(error: Error, stack: string): string {
  const name = constructorName(error) ?? 'Error';
  if (name === 'Error' || stack.includes(name)) return stack;
  const match = /^([A-Z][a-z_A-Z0-9[\]()-]*?Error|Error)(?=[:\n]|$)/.exec(stack);
  return match === null ? stack : `${name}${stack.slice(match[0].length)}`;
}
