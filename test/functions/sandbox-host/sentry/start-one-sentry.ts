import { createSentryHost } from '../../../../functions/sandbox-host/sentry/sentry.ts';
import { startPython } from '../../../support/guest-program.ts';

/** A host to be killed: starts one sentry, says its uid, waits. */
const host = createSentryHost(JSON.parse(process.argv[2] ?? ''));
const sentry = await startPython(host, 'import time\ntime.sleep(3600)');
process.stdout.write(`${sentry.uid}\n`);
