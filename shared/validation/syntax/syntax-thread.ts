import { parentPort } from 'node:worker_threads';
import type { Program } from '../../domain/program.ts';
import { parsers } from './parsers.ts';

/** The program of the parsers' thread: a program in, `ParserAnswer` out. */
parentPort?.on('message', async ({ language, source }: Pick<Program, 'language' | 'source'>) => {
  const parse = await parsers[language]();
  parentPort?.postMessage(parse(source));
});
