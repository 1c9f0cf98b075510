import * as z from 'zod';
import { artifactLimits, type LimitName, limitCeilings, limitFloors } from '../domain/limits.ts';
import { policyProfileSchema } from '../domain/policy.ts';
import { jsonValueSchema, languageSchema } from '../domain/program.ts';
import { callbackUrlSchema } from './callback-url.ts';
import { dictionary, filePathSchema, maxBytes, notYet, text } from './field-schemas.ts';
import { userSchema } from './quota-view.ts';
import { checkNames, secretsSchema } from './secrets-schema.ts';

/** The most of everything a request may carry. A body stays under Lambda's 6 MB request limit. */
export const submitSizes = {
  sourceBytes: 1_000_000,
  stdinBytes: 1_000_000,
  contextBytes: 1_000_000,
  contextDepth: 100,
  files: 100,
  filesBytes: 4_000_000,
  list: 100,
  textLength: 4_096,
  metadataKeys: 50,
} as const;

const limit = (name: LimitName) => z.int().min(limitFloors[name]).max(limitCeilings[name]).optional();

const limitsRequestSchema = z.strictObject({
  wallTimeMs: limit('wallTimeMs'),
  cpuTimeMs: limit('cpuTimeMs'),
  memoryMiB: limit('memoryMiB'),
  outputBytes: limit('outputBytes'),
  processes: limit('processes'),
  diskMiB: limit('diskMiB'),
});

const fileSchema = z
  .strictObject({
    path: filePathSchema,
    content: z.string().refine((content) => content.isWellFormed(), 'must be valid Unicode'),
    encoding: z.enum(['utf8', 'base64']).default('utf8'),
  })
  .refine((file) => file.encoding !== 'base64' || isBase64(file.content), {
    path: ['content'],
    message: 'must be base64 (RFC 4648, padded)',
  });

const filesSchema = z
  .array(fileSchema)
  .max(submitSizes.files)
  .refine((files) => new Set(files.map((file) => file.path)).size === files.length, 'paths must be unique')
  .refine((files) => !files.some((file) => files.some((other) => other.path.startsWith(`${file.path}/`))), {
    message: "a path can't be both a file and a folder",
  })
  .refine((files) => files.reduce((total, file) => total + fileBytes(file), 0) <= submitSizes.filesBytes, {
    message: `must not exceed ${submitSizes.filesBytes} bytes together`,
    params: { tooLarge: true },
  });

const envNameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a variable name: letters, digits and _');

/**
 * The body of `POST /v1/executions`. Unknown fields are refused. Members that a later version serves are
 * refused by name unless they ask for nothing, so that nobody relies on a promise that isn't kept yet.
 */
export const submitRequestSchema = z
  .strictObject({
    language: languageSchema,
    source: text({ noNul: true })
      .refine((source) => source.trim() !== '', 'must not be empty')
      .check(maxBytes(submitSizes.sourceBytes)),
    context: jsonValueSchema
      .check((payload) => {
        const bytes = Buffer.byteLength(JSON.stringify(payload.value) ?? '');
        if (bytes > submitSizes.contextBytes) {
          payload.issues.push({
            code: 'custom',
            input: undefined,
            message: `must not exceed ${submitSizes.contextBytes} bytes`,
            params: { tooLarge: true },
          });
        }
      })
      .optional(),
    stdin: text().check(maxBytes(submitSizes.stdinBytes)).default(''),
    args: z
      .array(text({ noNul: true }).max(submitSizes.textLength))
      .max(submitSizes.list)
      .default([]),
    env: dictionary(
      envNameSchema,
      text({ noNul: true }).max(submitSizes.textLength),
      submitSizes.list,
    ).default({}),
    /** More of the environment: redacted from all that the program writes, never stored in clear or returned. */
    secrets: secretsSchema(envNameSchema).default({}),
    files: filesSchema.default([]),
    limits: limitsRequestSchema.default({}),
    backend: z.enum(['auto', 'e2b', 'gvisor', 'wasm']).default('auto'),
    network: z.literal('none').default('none'),
    /** At least this strict; a tenant's policy may be stricter. */
    policy: policyProfileSchema.optional(),
    cache: z.enum(['auto', 'off']).default('auto'),
    stream: z.literal(false, notYet('streaming')).default(false),
    /** Globs relative to the working directory. */
    artifacts: z.array(filePathSchema).max(artifactLimits.patterns).default([]),
    user: userSchema.optional(),
    /** Where the execution is posted once it is over. */
    callbackUrl: callbackUrlSchema.optional(),
    metadata: dictionary(z.string().min(1).max(64), text().max(512), submitSizes.metadataKeys).default({}),
  })
  .check(checkNames);
export type SubmitRequest = z.infer<typeof submitRequestSchema>;

function isBase64(content: string): boolean {
  return content.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(content);
}

function fileBytes(file: { content: string; encoding: 'utf8' | 'base64' }): number {
  return Buffer.byteLength(file.content, file.encoding);
}
