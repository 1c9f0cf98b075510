import { ConnectProblem } from '../problem.ts';

/**
 * Messages of a Connect stream: one byte of flags, four of length (big endian), then the message.
 * https://connectrpc.com/docs/protocol#streaming-rpcs
 */
const headerLength = 5;
const compressed = 0b01;
const endOfStream = 0b10;

export function encodeMessage(json: string): Buffer {
  return encode(0, json);
}

/** The last message of a stream, with the error that ended it, if any. */
export function encodeEnd(problem: ConnectProblem | null): Buffer {
  const body = problem === null ? {} : { error: { code: problem.code, message: problem.message } };
  return encode(endOfStream, JSON.stringify(body));
}

function encode(flags: number, json: string): Buffer {
  const length = Buffer.byteLength(json);
  const bytes = Buffer.allocUnsafe(headerLength + length);
  bytes.writeUInt8(flags, 0);
  bytes.writeUInt32BE(length, 1);
  bytes.write(json, headerLength);
  return bytes;
}

/**
 * The JSON of the one message that a request of a server stream consists of.
 *
 * @throws ConnectProblem
 */
export function decodeOnlyMessage(body: Buffer): unknown {
  if (body.length < headerLength) throw malformed(`a frame of ${body.length} bytes has no header`);
  const flags = body.readUInt8(0);
  const length = body.readUInt32BE(1);
  if ((flags & compressed) !== 0)
    throw new ConnectProblem('unimplemented', 'compressed messages are not supported');
  if (flags !== 0) throw malformed(`a request has no frames with the flags ${flags}`);
  const received = body.length - headerLength;
  if (received < length) throw malformed(`a frame announces ${length} bytes and has ${received}`);
  if (received > length) throw malformed('there is more than the one message that the call takes');
  return parseJson(body.subarray(headerLength));
}

/** @throws ConnectProblem */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw malformed('the message is not JSON');
  }
}

function malformed(message: string): ConnectProblem {
  return new ConnectProblem('invalid_argument', message);
}
