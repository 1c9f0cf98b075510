import * as z from 'zod';
import { defaultLimits, type Limits, limitCeilings, limitsSchema } from '../../../../shared/domain/limits.ts';
import type { Template } from '../../guest/guest.ts';
import type { NewSandbox } from '../../sandboxes/sandboxes.ts';
import { HttpProblem } from '../problem.ts';

/** E2B's own longest: https://e2b.dev/docs/sandbox (Pro; from memory, to be checked). */
export const maxTimeoutSeconds = 86_400;
export const timeoutSchema = z.int().nonnegative().max(maxTimeoutSeconds);

const templates: Record<string, Template> = {
  base: 'python',
  python: 'python',
  'python-data': 'python-data',
  javascript: 'javascript',
  bash: 'bash',
};

const environmentSchema = z.record(
  z.string().regex(/^[^=\0]+$/, 'is no name of a variable'),
  z.string().regex(/^[^\0]*$/, 'has a zero byte'),
);
/** No process of ours may be driven out of memory by what a list has to repeat. */
const metadataSchema = z
  .record(z.string().max(256), z.string().max(4096))
  .refine((metadata) => Object.keys(metadata).length <= 64, 'more than 64 keys');

/** What a client may ask for. Whatever it asks for beyond that is refused, not forgotten. */
const newSandboxSchema = z.strictObject({
  templateID: z.string(),
  timeout: timeoutSchema.default(300),
  metadata: metadataSchema.default(() => ({})),
  envVars: environmentSchema.default(() => ({})),
  secure: z.literal(true, 'every sandbox is secured').optional(),
  autoPause: z.literal(false, 'sandboxes are not paused').optional(),
  allow_internet_access: z.literal(false, 'no sandbox has a network').optional(),
  network: z
    .strictObject({
      allowPublicTraffic: z.literal(false, 'no sandbox has a network').optional(),
      denyOut: z.array(z.string()).optional(),
    })
    .optional(),
});

/** The metadata that carries the limits of a job, as JSON. */
const limitsKey = 'cordon.limits';

/** @throws HttpProblem 400 for what makes no sense, 404 for an unknown template, 501 for what is not supported */
export function parseNewSandbox(body: unknown): NewSandbox {
  const parsed = newSandboxSchema.safeParse(body);
  if (!parsed.success) throw new HttpProblem(isUnsupported(parsed.error) ? 501 : 400, wordsOf(parsed.error));
  const { templateID, timeout, metadata, envVars } = parsed.data;
  const template = Object.hasOwn(templates, templateID) ? templates[templateID] : undefined;
  if (template === undefined) {
    const known = Object.keys(templates).join(', ');
    throw new HttpProblem(404, `there is no template "${templateID}", only ${known}`);
  }
  const limits = parseLimits(metadata[limitsKey]);
  return { template, timeoutSeconds: timeout, metadata, env: envVars, limits };
}

/** A field that E2B knows and we don't, or a value of one that stands for something we don't have. */
function isUnsupported({ issues }: z.ZodError): boolean {
  return issues.every(({ code }) => code === 'unrecognized_keys' || code === 'invalid_value');
}

function wordsOf(error: z.ZodError): string {
  return isUnsupported(error) ? `not supported: ${z.prettifyError(error)}` : z.prettifyError(error);
}

function parseLimits(json: string | undefined): Limits {
  if (json === undefined) return defaultLimits;
  const parsed = limitsSchema.safeParse(tryParse(json));
  if (!parsed.success)
    throw new HttpProblem(400, `the metadata ${limitsKey}: ${z.prettifyError(parsed.error)}`);
  const excess = Object.entries(limitCeilings).find(
    ([name, most]) => parsed.data[name as keyof Limits] > most,
  );
  if (excess !== undefined)
    throw new HttpProblem(400, `the metadata ${limitsKey}: ${excess[0]} is at most ${excess[1]}`);
  return parsed.data;
}

function tryParse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
