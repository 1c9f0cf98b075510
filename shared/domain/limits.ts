import * as z from 'zod';

/** What an execution may consume. Bytes of stdout and stderr count together in `outputBytes`. */
export const limitsSchema = z.strictObject({
  wallTimeMs: z.int().positive(),
  cpuTimeMs: z.int().positive(),
  memoryMiB: z.int().positive(),
  outputBytes: z.int().positive(),
  processes: z.int().positive(),
  diskMiB: z.int().positive(),
});
export type Limits = z.infer<typeof limitsSchema>;
export type LimitName = keyof Limits;

/** What an execution consumed, in the units of {@link Limits}. */
export const usageSchema = z.strictObject({
  wallTimeMs: z.number().nonnegative(),
  cpuTimeMs: z.number().nonnegative(),
  peakMemoryMiB: z.number().nonnegative(),
  outputBytes: z.int().nonnegative(),
});
export type Usage = z.infer<typeof usageSchema>;

/** The limits of an execution whose request names none. */
export const defaultLimits: Limits = {
  wallTimeMs: 30_000,
  cpuTimeMs: 30_000,
  memoryMiB: 512,
  outputBytes: 1_000_000,
  processes: 32,
  diskMiB: 64,
};

/**
 * The most a request may ask for.
 * Every timeout downstream (sandbox, executor, lease, queue visibility) derives from `wallTimeMs`.
 */
export const limitCeilings: Limits = {
  wallTimeMs: 60_000,
  cpuTimeMs: 60_000,
  memoryMiB: 512,
  outputBytes: 1_000_000,
  processes: 64,
  diskMiB: 128,
};

/** The least that makes sense: an interpreter needs this much to say hello. */
export const limitFloors: Limits = {
  wallTimeMs: 50,
  cpuTimeMs: 50,
  memoryMiB: 64,
  outputBytes: 1,
  processes: 1,
  diskMiB: 1,
};

/** What a request may have collected of the files that its program leaves. */
export const artifactLimits = { patterns: 20, files: 100, bytes: 10_000_000 } as const;

/**
 * What a caller may mark as secret. Shorter values, or of fewer different characters, stand everywhere by chance, and
 * redacting them would only show where they are. Line breaks don't count.
 */
export const secretLimits = {
  names: 32,
  characters: { min: 8, max: 4_096 },
  differentCharacters: 4,
  bytesTogether: 16_384,
} as const;
