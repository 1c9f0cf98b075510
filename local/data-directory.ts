import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './start-error.ts';

/** Where a local cloud keeps its state. */
export interface DataDirectory {
  /** SQLite file of DynamoDB, or `:memory:`. */
  readonly dynamoDbFile: string;
  /** Directory of SQS and S3, nothing for memory. */
  readonly sqsAndS3Directory: string | undefined;
  readonly logDirectory: string;
  /** Of the secrets that were made up, nothing for memory. */
  readonly secretsFile: string | undefined;
  /** Lets go of it; what was in memory is gone then, its logs too. */
  release(): void;
}

export const IN_MEMORY = ':memory:';

/** Takes a directory for this process alone; throws a StartError when another process has it. */
export function openDataDirectory(path: string): DataDirectory {
  if (path === IN_MEMORY) {
    const logDirectory = mkdtempSync(join(tmpdir(), 'cordon-'));
    return {
      dynamoDbFile: IN_MEMORY,
      sqsAndS3Directory: undefined,
      logDirectory,
      secretsFile: undefined,
      release: () => rmSync(logDirectory, { recursive: true, force: true }),
    };
  }
  // Function logs and API keys are nobody else's business.
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = takeLock(path);
  return {
    dynamoDbFile: join(path, 'dynamodb.sqlite'),
    sqsAndS3Directory: join(path, 'sqs-and-s3'),
    logDirectory: join(path, 'logs'),
    secretsFile: join(path, 'secrets.json'),
    release: () => lock.close(),
  };
}

/** An SQLite file that is locked as long as this process lives: the system lets go of it even after SIGKILL. */
function takeLock(path: string): DatabaseSync {
  const lock = new DatabaseSync(join(path, 'lock.sqlite'));
  const holderFile = join(path, 'pid');
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    const holder = existsSync(holderFile) ? readFileSync(holderFile, 'utf8') : 'unknown';
    throw new StartError(
      `${path} is in use by process ${holder}. End it, or choose another directory with CORDON_DATA.`,
    );
  }
  writeFileSync(holderFile, String(process.pid));
  return lock;
}
