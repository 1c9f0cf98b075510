import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { outcomeSchema } from '../../shared/domain/execution.ts';
import type { Language } from '../../shared/domain/program.ts';
import { programErrorSchema } from '../../shared/domain/sandbox-report.ts';
import type { SubmitBody } from '../cordon-client.ts';

export const examplesFolder = fileURLToPath(new URL('../../examples', import.meta.url));

/** `request.json`: members of the request that aren't default; `files` names files of the example's folder. */
const requestFileSchema = z.strictObject({
  context: z.json().optional(),
  stdin: z.string().optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  limits: z.record(z.string(), z.number()).optional(),
  files: z.array(z.string()).optional(),
});

/** `expected.json`: how the program ends, where that isn't plain success. */
export const expectedEndSchema = z.strictObject({
  outcome: outcomeSchema,
  exitCode: z.int().nullable(),
  error: programErrorSchema.nullable(),
});
export type ExpectedEnd = z.infer<typeof expectedEndSchema>;

export const plainSuccess: ExpectedEnd = { outcome: 'succeeded', exitCode: 0, error: null };

export interface Example {
  name: string;
  mainFile: string;
  language: Language;
  request: SubmitBody;
}

export interface Expected extends ExpectedEnd {
  stdout: string;
}

const languagesByMainFile: Record<string, Language> = {
  'main.py': 'python',
  'main.js': 'javascript',
  'main.ts': 'typescript',
};

/** The examples whose name contains `only`, in alphabetical order. Throws on a folder that isn't an example. */
export async function loadExamples(only = ''): Promise<Example[]> {
  const entries = await readdir(examplesFolder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .filter((name) => name.includes(only))
      .sort()
      .map(loadExample),
  );
}

/** What the example's folder says of stdout and the ending. */
export async function loadExpected(name: string): Promise<Expected> {
  const stdout = await readFile(path.join(examplesFolder, name, 'expected.txt'), 'utf8');
  const end = await readOptional(path.join(examplesFolder, name, 'expected.json'));
  return { ...(end === null ? plainSuccess : expectedEndSchema.parse(JSON.parse(end))), stdout };
}

async function loadExample(name: string): Promise<Example> {
  const folder = path.join(examplesFolder, name);
  const mainFile = (await readdir(folder)).find((file) => file in languagesByMainFile);
  const language = mainFile && languagesByMainFile[mainFile];
  if (!mainFile || !language) throw new Error(`${folder} has no main.py, main.js or main.ts`);

  const source = await readFile(path.join(folder, mainFile), 'utf8');
  const members = requestFileSchema.parse(
    JSON.parse((await readOptional(path.join(folder, 'request.json'))) ?? '{}'),
  );
  const files = await Promise.all((members.files ?? []).map((file) => loadFile(folder, file)));
  return { name, mainFile, language, request: { language, source, ...members, files } as SubmitBody };
}

/** Text goes as text; what isn't UTF-8 goes as base64. */
async function loadFile(folder: string, file: string): Promise<NonNullable<SubmitBody['files']>[number]> {
  const bytes = await readFile(path.join(folder, file));
  const content = bytes.toString('utf8');
  return Buffer.from(content).equals(bytes)
    ? { path: file, content }
    : { path: file, content: bytes.toString('base64'), encoding: 'base64' };
}

async function readOptional(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
