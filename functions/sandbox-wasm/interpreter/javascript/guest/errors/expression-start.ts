const called = /(?:\bnew\s+[#\w$.]+|[#\w$]+)\s*$/;
const returned = /^return\s+(?:[#\w$]+\s*\.\s*)*(?=[#\w$]+\s*\()/;

/**
 * The engine places a call at its parenthesis, or at the `return` before it, and a property's access at its dot.
 * Programs know positions as other engines give them: a call at the name that is called, `new` included, an access
 * at the property's name.
 */
export function expressionStart(line: string, column: number): number {
  const rest = line.slice(column - 1);
  const beforeCall = returned.exec(rest);
  if (beforeCall !== null) return column + beforeCall[0].length;
  if (rest.startsWith('.')) return column + 1;
  if (!rest.startsWith('(')) return column;
  return (called.exec(line.slice(0, column - 1))?.index ?? column - 1) + 1;
}
