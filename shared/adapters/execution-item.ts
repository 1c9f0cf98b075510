import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type Execution, executionSchema } from '../domain/execution.ts';
import type { StoredJson } from './blob-codec.ts';

export type Item = Record<string, AttributeValue>;

const storedJsonSchema = z.union([
  z.object({ inline: z.instanceof(Uint8Array) }),
  z.object({ blobKey: z.string() }),
]);

/**
 * An execution's item: its fields, the time to live that DynamoDB deletes by (epoch seconds), its program, and
 * its output once there is one. Items written before there were routes, failures and artifacts lack those members.
 */
export function toItem(execution: Execution, program: StoredJson): Item {
  const { language, route, sourceSha256, metadata, validationMs, createdAt, expiresAt, ...rest } = execution;
  const { failures, artifacts, ...fields } = rest;
  return marshall({
    ...fields,
    request: { language, route, sourceSha256, metadata, validationMs, createdAt, expiresAt },
    results: { failures, artifacts },
    program,
    expiresAtSeconds: Math.floor(Date.parse(expiresAt) / 1000),
  });
}

export interface ExecutionItem {
  execution: Execution;
  program: StoredJson | null;
  output: StoredJson | null;
}

/** Reads an item; index items have neither program nor output. Throws on an item this version can't read. */
export function fromItem(item: Item): ExecutionItem {
  const { program, output, request, results, expiresAtSeconds: _seconds, ...fields } = unmarshall(item);
  return {
    execution: executionSchema.parse({ ...fields, ...request, ...results }),
    program: program === undefined ? null : storedJsonSchema.parse(program),
    output: output === undefined ? null : storedJsonSchema.parse(output),
  };
}
