import type { Limits } from '../../../../shared/domain/limits.ts';
import type { Program } from '../../../../shared/domain/program.ts';
import { stripTypes } from '../../../../shared/sandboxes/typescript/strip-types.ts';
import type { StrippedSource } from '../../../../shared/sandboxes/typescript/stripped-source.ts';
import type { Payload } from './guest/payload.ts';

const mebibyte = 1_048_576;
const typescriptName = /\.[mc]?ts$/;
const declarationName = /\.d\.[mc]?ts$/;

/**
 * All that a program gets to know, in one piece: nothing is looked up later.
 *
 * @throws CompilerLost
 */
export function buildPayload(program: Program, limits: Limits): Payload {
  const isTypescript = program.language === 'typescript';
  const mainName = isTypescript ? 'main.ts' : 'main.js';
  const sources = program.files
    .filter(({ path }) => typescriptName.test(path) && !declarationName.test(path))
    .map(({ path, content, encoding }) => [path, Buffer.from(content, encoding).toString()] as const);
  if (isTypescript) sources.push([mainName, program.source]);
  const typescript = Object.fromEntries(
    sources.map(([path, source]): [string, StrippedSource] => [path, stripTypes(source)]),
  );
  return {
    mainName,
    source: program.source,
    stdin: program.stdin,
    args: program.args,
    env: program.env,
    files: program.files,
    hasContext: program.context !== undefined,
    context: program.context ?? null,
    diskBytes: limits.diskMiB * mebibyte,
    memoryBytes: limits.memoryMiB * mebibyte,
    typescript,
  };
}
