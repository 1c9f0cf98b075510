import * as z from 'zod';
import { type BackendName, backendNameSchema, backends } from './execution.ts';
import { uniqueList } from './unique-list.ts';

/**
 *                reads   new executions             executions that are queued
 *   normal       yes     yes                        run
 *   restricted   yes     where wasm can run them    run on wasm; others wait
 *   maintenance  yes     503 with `message`         wait
 *
 * What runs already is left to its end. A disabled backend is treated as `restricted` treats all but wasm.
 */
export const operatorModes = ['normal', 'restricted', 'maintenance'] as const;

/** What an operator changes while the service runs; in force everywhere within 10 s. */
export const operatorSettingsSchema = z.strictObject({
  mode: z.enum(operatorModes),
  /** Shown to callers that the mode turns away. */
  message: z.string().max(1_000),
  disabledBackends: uniqueList(backendNameSchema),
  /** Shares of new executions by backend; see `findRoute`. */
  weights: z.partialRecord(backendNameSchema, z.number().min(0).max(1_000_000)),
});
export type OperatorSettings = z.infer<typeof operatorSettingsSchema>;

/** In force until an operator writes others. */
export const defaultOperatorSettings: OperatorSettings = {
  mode: 'normal',
  message: '',
  disabledBackends: [],
  weights: {},
};

/** Backends that start nothing at the moment. */
export function closedBackends({ mode, disabledBackends }: OperatorSettings): BackendName[] {
  return backends.filter(
    (name) =>
      mode === 'maintenance' || (mode === 'restricted' && name !== 'wasm') || disabledBackends.includes(name),
  );
}
