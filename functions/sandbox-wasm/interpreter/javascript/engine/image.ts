import { createEngine, type Engine } from './engine.ts';
import { createEngineMemory, type EngineMemory } from './engine-memory.ts';
import type { EngineHooks } from './imports.ts';
import { createValues, type Value, type Values } from './values.ts';

/**
 * The engine's memory right after the guest's own library was loaded. Every run starts from a copy of it in an
 * instance of its own, which costs a fraction of a millisecond instead of loading the library again.
 */
export interface EngineImage {
  /** The parts of the memory that aren't zero. */
  chunks: readonly { address: number; bytes: Uint8Array }[];
  runtime: number;
  context: number;
  /** Where the seed of `Math.random` is. */
  randomStateAddress: number;
  /** The functions of the guest that the host calls. */
  guest: Guest;
}

export const guestFunctions = ['start', 'turn', 'fail', 'rejected', 'resolve', 'load'] as const;
export type Guest = Record<(typeof guestFunctions)[number], Value>;

/** An engine in the middle of its run. */
export interface Session {
  engine: Engine;
  values: Values;
  image: EngineImage;
}

const chunkBytes = 4096;
/** Ample for the library, which is our own. */
const imageMaximumBytes = 64 * 1_048_576;
/** Stands for the clock while the context is made, and so in the seed of `Math.random`; any odd time would do. */
const markedTimeMs = 1_234_567_891_234;
const wordBytes = 4;
/** From the interrupt handler in the engine's runtime, over its data, to the tracker of rejected promises. */
const trackerOffset = 2 * wordBytes;
/** More than the runtime's size. */
const runtimeBytes = 1024;

/**
 * Boots the engine and evaluates `guestSource`, a script whose value has a function `createGuest`, which takes the
 * host's functions in the order of `hostFunctions` and returns the {@link Guest}.
 */
export function buildImage(
  module: WebAssembly.Module,
  { guestSource, hostFunctions, maxStackBytes }: ImageInput,
): EngineImage {
  const engine = createEngine(module, {
    memory: createEngineMemory(imageMaximumBytes),
    hooks: noHooks,
    now: () => markedTimeMs,
  });
  const { call } = engine;
  call.initialize();
  const runtime = call.newRuntime();
  const context = call.newContext(runtime, 0);
  const randomStateAddress = findRandomState(engine);
  call.setMaxStackSize(runtime, maxStackBytes);
  call.enableModuleLoader(runtime, 1);
  trackRejections(engine, runtime);

  const values = createValues(engine, context);
  const library = unwrap(values, values.evaluate(guestSource, 'node:internal'));
  const createGuest = values.property(library, 'createGuest');
  const parameters = hostFunctions.map((name, id) => values.newFunction(name, id));
  const guest = unwrap(values, values.call(createGuest, parameters));
  const entries = guestFunctions.map((name) => [name, values.property(guest, name)] as const);
  const failure = values.runJobs(runtime);
  if (failure !== null) throw new Error('the guest library left a failing job');
  return {
    chunks: chunksOf(engine.memory.bytes()),
    runtime,
    context,
    randomStateAddress,
    guest: Object.fromEntries(entries) as Guest,
  };
}

export interface ImageInput {
  guestSource: string;
  hostFunctions: readonly string[];
  maxStackBytes: number;
}

/** A new engine in the state of the image, with randomness of its own. */
export function restoreImage(module: WebAssembly.Module, image: EngineImage, input: RestoreInput): Session {
  const engine = createEngine(module, { ...input, now: Date.now });
  const bytes = engine.memory.bytes();
  for (const chunk of image.chunks) bytes.set(chunk.bytes, chunk.address);
  engine.memory.setU64(image.randomStateAddress, input.randomSeed);
  return { engine, values: createValues(engine, image.context), image };
}

export interface RestoreInput {
  /** Blank. */
  memory: EngineMemory;
  hooks: EngineHooks;
  /** Never 0, where the generator would stay. */
  randomSeed: bigint;
}

const noHooks: EngineHooks = {
  callFunction: () => 0,
  resolveModule: () => 0,
  loadModule: () => 0,
  trackRejection: () => {},
};

/** The context seeds its generator with the time in microseconds, which appears once in memory: it is there. */
function findRandomState({ memory }: Engine): number {
  const seed = Buffer.alloc(8);
  seed.writeBigUInt64LE(BigInt(markedTimeMs) * 1000n);
  const bytes = Buffer.from(memory.memory.buffer);
  const address = bytes.indexOf(seed);
  if (address < 0 || bytes.indexOf(seed, address + 1) >= 0) throw new Error('the engine keeps no such seed');
  return address;
}

/** Finds the runtime's field by the one two words before it, which the package's interface can change. */
function trackRejections({ call, memory, trackerIndex }: Engine, runtime: number): void {
  const words = () =>
    Array.from({ length: runtimeBytes / wordBytes }, (_, i) => memory.getU32(runtime + i * wordBytes));
  const before = words();
  call.enableInterruptHandler(runtime);
  const index = words().findIndex((word, i) => word !== before[i]);
  call.disableInterruptHandler(runtime);
  if (index < 0) throw new Error('the engine has no interrupt handler');
  memory.setU32(runtime + index * wordBytes + trackerOffset, trackerIndex);
}

function unwrap(values: Values, completion: ReturnType<Values['call']>): Value {
  if (!completion.isThrown) return completion.value;
  const message = values.stringOf(values.property(completion.value, 'message')) ?? new Uint8Array(0);
  throw new Error(`the guest library failed: ${Buffer.from(message).toString()}`);
}

function chunksOf(bytes: Uint8Array): EngineImage['chunks'] {
  const zeros = Buffer.alloc(chunkBytes);
  const chunks: { address: number; bytes: Uint8Array }[] = [];
  for (let address = 0; address < bytes.length; address += chunkBytes) {
    const chunk = bytes.subarray(address, address + chunkBytes);
    if (zeros.compare(chunk) !== 0) chunks.push({ address, bytes: chunk.slice() });
  }
  return chunks;
}
