import { nodeError } from '../errors/node-error.ts';

type Method = (this: Uint8Array, ...parameters: never[]) => unknown;

/** Node's names of numbers in memory, with `DataView`'s. */
const kinds = [
  ['UInt8', 'Uint8', 1],
  ['Int8', 'Int8', 1],
  ['UInt16', 'Uint16', 2],
  ['Int16', 'Int16', 2],
  ['UInt32', 'Uint32', 4],
  ['Int32', 'Int32', 4],
  ['Float', 'Float32', 4],
  ['Double', 'Float64', 8],
  ['BigInt64', 'BigInt64', 8],
  ['BigUInt64', 'BigUint64', 8],
] as const;

/** `readUInt16LE`, `writeDoubleBE` and all their kin. */
export const numberMethods: Record<string, Method> = {};

for (const [name, view, size] of kinds) {
  for (const order of size === 1 ? [''] : ['LE', 'BE']) {
    const isLittle = order === 'LE';
    const read: Method = function (this: Uint8Array, offset = 0) {
      return viewAt(this, offset, size)[`get${view}`](0, isLittle);
    };
    const write: Method = function (this: Uint8Array, value: never, offset = 0) {
      viewAt(this, offset, size)[`set${view}`](0, value, isLittle);
      return offset + size;
    };
    for (const alias of [name, name.replace('UInt', 'Uint')]) {
      numberMethods[`read${alias}${order}`] = read;
      numberMethods[`write${alias}${order}`] = write;
    }
  }
}

function viewAt({ buffer, byteOffset, length }: Uint8Array, offset: number, size: number): DataView {
  if (!Number.isInteger(offset) || offset < 0 || offset + size > length) {
    const range = `It must be >= 0 and <= ${length - size}. Received ${offset}`;
    throw nodeError('ERR_OUT_OF_RANGE', `The value of "offset" is out of range. ${range}`, RangeError);
  }
  return new DataView(buffer, byteOffset + offset, size);
}
