import { CordonError } from '../domain/cordon-error.ts';

/** Deeper than any honest request, shallow enough for every recursive walk behind it. */
const maxDepth = 100;

/**
 * Parses a request body as a JSON text. Throws `invalid_request` for a wrong media type, for text that isn't
 * JSON, for bytes that weren't UTF-8, and for nesting that would exhaust a stack.
 */
export function parseJsonBody(body: string | null, contentType: string | undefined): unknown {
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) {
    throw new CordonError('invalid_request', 'The content type must be application/json.');
  }
  if (body === null || body === '')
    throw new CordonError('invalid_request', 'The body must be a JSON object.');
  refuseInvalidUtf8(body);
  if (nestingDepth(body) > maxDepth) {
    throw new CordonError('invalid_request', `The body must not be nested deeper than ${maxDepth} levels.`);
  }
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new CordonError('invalid_request', 'The body is not valid JSON.', { cause });
  }
}

/**
 * The gateway hands over text, with U+FFFD in place of bytes that are not UTF-8. Running a program that the
 * caller did not send would be worse than refusing the rare one that has the character on purpose.
 */
function refuseInvalidUtf8(body: string): void {
  if (body.includes('\uFFFD')) {
    throw new CordonError(
      'invalid_request',
      'The body is not valid UTF-8, or has a literal U+FFFD: write that character as the escape \\ufffd.',
    );
  }
}

/** The deepest nesting of arrays and objects, outside of strings. Linear, without recursion. */
function nestingDepth(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}
