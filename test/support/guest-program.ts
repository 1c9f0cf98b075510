import type { Sentry, SentryHost, SentryOptions } from '../../functions/sandbox-host/sentry/sentry.ts';

const generous: Omit<SentryOptions, 'argv'> = { memoryMiB: 256, diskMiB: 32, processes: 32 };

/** Starts a sentry whose pid 1 is this Python program (guest root, full rights inside: worse than any real program). */
export function startPython(
  host: SentryHost,
  source: string,
  options: Partial<SentryOptions> = {},
): Promise<Sentry> {
  return host.start({ argv: ['/usr/bin/python3', '-I', '-c', source], ...generous, ...options });
}

/** Everything that one of its streams says until it ends. */
export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The next line it says; what it says after that waits for its next reader. */
export function nextLine(sentry: Sentry): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer) => {
      text += chunk;
      if (!text.includes('\n')) return;
      sentry.stdout.off('data', onData).pause();
      resolve(text.trim());
    };
    sentry.stdout.on('data', onData).resume();
    void sentry.ended.then((end) => reject(new Error(`ended: ${JSON.stringify(end)}, said: ${text}`)));
  });
}
