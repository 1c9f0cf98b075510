import { type ParsedScript, parse, type Statement } from 'unbash';
import { placeOf } from '../source-lines.ts';
import { accepted, nestedTooDeeply, type ParserAnswer } from '../syntax-fault.ts';

/** Only the first error: what follows one in bash is mostly a consequence. */
export function parseBash(source: string): ParserAnswer {
  try {
    const script = parse(source);
    const [first] = script.errors ?? [];
    if (first === undefined || first.pos >= endOf(script)) return accepted();
    const message = first.message.replace(/^./, (letter) => letter.toUpperCase());
    return { faults: [{ message, ...placeOf(source, 'bash', first.pos) }], isBroken: false };
  } catch (error) {
    if (error instanceof RangeError) return nestedTooDeeply(false);
    throw error;
  }
}

/** Bash reads as it runs: whatever comes after an `exit` is never read, such as an archive that a script carries. */
function endOf({ commands }: ParsedScript): number {
  return commands.find(isExit)?.end ?? Number.POSITIVE_INFINITY;
}

function isExit({ command, background }: Statement): boolean {
  const isLast = command.type === 'Command' && ['exit', 'exec'].includes(command.name?.value ?? '');
  // Without arguments, exec only redirects.
  return isLast && background !== true && (command.name?.value === 'exit' || command.suffix.length > 0);
}
