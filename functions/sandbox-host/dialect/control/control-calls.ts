import * as z from 'zod';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import { NoRoom, type Sandboxes } from '../../sandboxes/sandboxes.ts';
import { answerJson, answerNothing, type Call } from '../call.ts';
import { HttpProblem } from '../problem.ts';
import { readBody } from '../read-body.ts';
import { listPage } from './list-page.ts';
import { parseNewSandbox, timeoutSchema } from './new-sandbox.ts';
import { toConnection, toDetail, toListed, toMetric } from './sandbox-view.ts';

const maxBodyBytes = 256 * 1024;

/** `POST /v2/sandboxes` */
export async function create(sandboxes: Sandboxes, call: Call): Promise<void> {
  const request = parseNewSandbox(await readJson(call));
  const sandbox = await sandboxes.create(request).catch((error: unknown) => {
    throw toRefusal(error);
  });
  // Nobody else will ever know its id.
  if (call.response.destroyed) sandboxes.kill(sandbox, 'client_vanished');
  else answerJson(call, 201, toConnection(sandbox));
}

/** Room comes back when some job ends, and most jobs are short. */
const headers = { 'retry-after': '1' };

function toRefusal(error: unknown): HttpProblem {
  if (!(error instanceof NoRoom))
    return new HttpProblem(503, 'the sandbox could not be started', { headers, cause: error });
  switch (error.kind) {
    case 'full':
      return new HttpProblem(429, error.message, { headers });
    case 'draining':
      return new HttpProblem(503, error.message, { headers });
    case 'never':
      return new HttpProblem(400, error.message);
  }
}

/** `GET /v2/sandboxes` */
export function list(sandboxes: Sandboxes, call: Call): void {
  const page = listPage(sandboxes.list(), call.query);
  const headers = page.nextToken === null ? {} : { 'x-next-token': page.nextToken };
  answerJson(call, 200, page.sandboxes.map(toListed), headers);
}

/** `GET /sandboxes/{sandboxID}` */
export function get(_sandboxes: Sandboxes, call: Call, sandbox: Sandbox): void {
  answerJson(call, 200, toDetail(sandbox));
}

const connectSchema = z.object({ timeout: timeoutSchema.default(300) });

/** `POST /v2/sandboxes/{sandboxID}/connect`: the sandbox lives on for the time asked for, or longer. */
export async function connect(sandboxes: Sandboxes, call: Call, sandbox: Sandbox): Promise<void> {
  const { timeout } = await readTimeout(call, connectSchema);
  if (Date.now() + timeout * 1000 > sandbox.endsAtMs) sandboxes.setTimeout(sandbox, timeout);
  answerJson(call, 200, toConnection(sandbox));
}

const setTimeoutSchema = z.object({ timeout: timeoutSchema });

/** `POST /sandboxes/{sandboxID}/timeout`: from now, longer or shorter. */
export async function setTimeout(sandboxes: Sandboxes, call: Call, sandbox: Sandbox): Promise<void> {
  const { timeout } = await readTimeout(call, setTimeoutSchema);
  sandboxes.setTimeout(sandbox, timeout);
  answerNothing(call);
}

/** `DELETE /sandboxes/{sandboxID}`: nothing of a client runs any more when it answers; the rest goes in a moment. */
export function kill(sandboxes: Sandboxes, call: Call, sandbox: Sandbox): void {
  sandboxes.kill(sandbox, 'requested');
  answerNothing(call);
}

/** `GET /sandboxes/{sandboxID}/metrics`: one reading, if now is in the time asked for. */
export function metrics(_sandboxes: Sandboxes, call: Call, sandbox: Sandbox): void {
  const nowMs = Date.now();
  const startMs = Number(call.query.get('start') ?? 0) * 1000;
  const endMs = Number(call.query.get('end') ?? Number.POSITIVE_INFINITY) * 1000;
  const isAskedFor = nowMs >= startMs && nowMs <= endMs;
  answerJson(call, 200, isAskedFor ? [toMetric(sandbox, nowMs)] : []);
}

async function readTimeout<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await readJson(call));
  if (parsed.success) return parsed.data;
  throw new HttpProblem(400, z.prettifyError(parsed.error));
}

async function readJson({ request }: Call): Promise<unknown> {
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new HttpProblem(400, 'the body is not JSON');
  }
}
