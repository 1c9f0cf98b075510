import type { Session } from './engine/image.ts';

/**
 * Imports are resolved and loaded by the guest, from its own files: the host carries the names and the source
 * from one side of the engine's memory to the other.
 */
export function resolveModule(
  { values, image }: Session,
  fromName: Uint8Array,
  specifier: Uint8Array,
): number {
  const parameters = [values.newString(fromName), values.newString(specifier)];
  const { isThrown, value } = values.call(image.guest.resolve, parameters);
  const name = isThrown ? null : values.stringOf(value);
  for (const parameter of [...parameters, value]) values.free(parameter);
  // The engine takes no failure here; a name that can't be loaded fails in `loadModule`.
  return values.storeString(name ?? specifier);
}

/** Returns 0 after setting the exception that the guest threw. */
export function loadModule({ engine, values, image }: Session, name: Uint8Array): number {
  const parameter = values.newString(name);
  const { isThrown, value } = values.call(image.guest.load, [parameter]);
  const source = isThrown ? null : values.stringOf(value);
  if (source === null) engine.call.throwValue(image.context, value);
  values.free(parameter);
  values.free(value);
  return source === null ? 0 : values.storeString(source);
}

/** Tells the guest of a promise that was rejected with nobody listening, or that somebody listens to after all. */
export function trackRejection(
  { engine: { call, memory }, values, image }: Session,
  promise: bigint,
  reason: bigint,
  isHandled: boolean,
): void {
  const place = call.malloc(16) >>> 0;
  if (place === 0) return;
  memory.setU64(place, BigInt.asUintN(64, promise));
  memory.setU64(place + 8, BigInt.asUintN(64, reason));
  const flag = values.newNumber(isHandled ? 1 : 0);
  const { value } = values.call(image.guest.rejected, [place, place + 8, flag]);
  values.free(flag);
  values.free(value);
  call.free(place);
}
