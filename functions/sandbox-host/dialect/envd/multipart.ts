import { HttpProblem } from '../problem.ts';

/** One part of a form. Its content is there until the next part is asked for. */
export interface Part {
  name: string;
  filename: string | null;
  content: AsyncIterable<Uint8Array>;
}

const maxHeaderBytes = 8 * 1024;
const newline = '\r\n';

/** The boundary of a form, or null when the body is none. RFC 2046, 5.1.1: 1 to 70 characters. */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/form-data\b/i.test(contentType)) return null;
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw malformed('the form has no boundary');
  return boundary;
}

/**
 * Reads a form as it arrives: what is held in memory is one chunk of it.
 *
 * @throws HttpProblem 400 when it is malformed or ends early, and what reading the body throws
 */
export async function* readParts(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const delimiter = Buffer.from(`${newline}--${boundary}`);
  const window = createWindow(body);
  const first = delimiter.subarray(newline.length);
  if (!(await window.has(first.length)) || !window.startsWith(first))
    throw malformed('the form does not start with its boundary');
  window.take(first.length);
  while (await isFollowedByPart(window)) {
    const headers = await readHeaders(window);
    const content = readContent(window, delimiter);
    yield { ...parseDisposition(headers), content };
    for await (const _ of content) {
      // What nobody wanted.
    }
  }
}

interface Window {
  /** Waits until so many bytes are there; false: the body ends before. */
  has(length: number): Promise<boolean>;
  more(): Promise<boolean>;
  length(): number;
  indexOf(needle: Buffer | string): number;
  startsWith(prefix: Buffer | string): boolean;
  take(length: number): Buffer;
}

function createWindow(body: AsyncIterable<Uint8Array>): Window {
  const chunks = body[Symbol.asyncIterator]();
  let bytes: Buffer = Buffer.alloc(0);
  async function more(): Promise<boolean> {
    const next = await chunks.next();
    if (next.done === true) return false;
    bytes = bytes.length === 0 ? Buffer.from(next.value) : Buffer.concat([bytes, next.value]);
    return true;
  }
  return {
    more,
    async has(length) {
      while (bytes.length < length) if (!(await more())) return false;
      return true;
    },
    length: () => bytes.length,
    indexOf: (needle) => bytes.indexOf(needle),
    startsWith: (prefix) => bytes.subarray(0, prefix.length).equals(Buffer.from(prefix)),
    take(length) {
      const taken = bytes.subarray(0, length);
      bytes = bytes.subarray(length);
      return taken;
    },
  };
}

/** After a boundary: a line end and a part, or two dashes and nothing more. */
async function isFollowedByPart(window: Window): Promise<boolean> {
  if (!(await window.has(2))) throw endsEarly();
  const next = window.take(2).toString('latin1');
  if (next !== newline && next !== '--')
    throw malformed('a boundary of the form is followed by something else');
  return next === newline;
}

async function readHeaders(window: Window): Promise<string> {
  for (;;) {
    const end = window.indexOf(newline + newline);
    if (end > maxHeaderBytes || (end === -1 && window.length() > maxHeaderBytes))
      throw malformed('a part of the form has too long headers');
    if (end !== -1) return window.take(end + 2 * newline.length).toString();
    if (!(await window.more())) throw endsEarly();
  }
}

async function* readContent(window: Window, delimiter: Buffer): AsyncGenerator<Uint8Array> {
  for (;;) {
    const end = window.indexOf(delimiter);
    if (end > 0) yield window.take(end);
    if (end !== -1) {
      window.take(delimiter.length);
      return;
    }
    const certain = window.length() - delimiter.length + 1;
    if (certain > 0) yield window.take(certain);
    if (!(await window.more())) throw endsEarly();
  }
}

function parseDisposition(headers: string): { name: string; filename: string | null } {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(headers)?.[1] ?? '';
  const name = /(?:^|;)\s*name="([^"]*)"/i.exec(disposition)?.[1];
  const filename = /(?:^|;)\s*filename="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined) throw malformed('a part of the form has no name');
  return { name: decodeName(name), filename: filename === undefined ? null : decodeName(filename) };
}

/** What a form escapes in names: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function decodeName(name: string): string {
  return name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function malformed(message: string): HttpProblem {
  return new HttpProblem(400, message);
}

function endsEarly(): HttpProblem {
  return malformed('the form ends before its last boundary');
}
