import type { Artifact, Redaction } from '../../shared/domain/execution.ts';
import { isTextType } from '../../shared/domain/media-type.ts';
import type { SandboxReport } from '../../shared/domain/sandbox-report.ts';
import { redactBytes } from '../../shared/redaction/redact-bytes.ts';
import {
  createRedaction,
  type RedactionCounts,
  type RedactionOptions,
} from '../../shared/redaction/redactor.ts';

export type SelectedArtifact = Artifact & { content: Uint8Array };

export interface RedactedResult {
  report: SandboxReport;
  artifacts: SelectedArtifact[];
  redactions: Redaction[];
}

/** Where sandboxes cut an error: what is as long as this may have been longer. */
const cutErrors = { type: 200, message: 10_000 } as const;

/** All that a program wrote, without secrets: nothing of the result may be stored or logged before this. */
export function redactResult(
  report: SandboxReport,
  artifacts: readonly SelectedArtifact[],
  options: RedactionOptions,
): RedactedResult {
  const redaction = createRedaction(options);
  const redactions: Redaction[] = [];
  const count = (stream: Redaction['stream'], counts: RedactionCounts) => {
    for (const [kind, found] of Object.entries(counts)) addCount(redactions, { kind, stream, count: found });
  };
  const redact = (stream: Redaction['stream'], text: string, isCut = false): string => {
    const redacted = redaction.redact(text, { isCut });
    count(stream, redacted.counts);
    return redacted.text;
  };

  const { error } = report;
  // What a killed program had written may end in the middle of a value, as what was cut does.
  const wasKilled = report.ending.kind !== 'exited';
  return {
    report: {
      ...report,
      stdout: redact('stdout', report.stdout, wasKilled || report.truncated.stdout),
      stderr: redact('stderr', report.stderr, wasKilled || report.truncated.stderr),
      error: error && {
        ...error,
        type: redact('error', error.type, error.type.length >= cutErrors.type),
        message: redact('error', error.message, error.message.length >= cutErrors.message),
      },
    },
    artifacts: artifacts.map((artifact) => {
      const path = redact('artifacts', artifact.path);
      if (!isText(artifact)) return { ...artifact, path };
      const { bytes: content, counts } = redactBytes(redaction, artifact.content);
      count('artifacts', counts);
      return { ...artifact, path, content, bytes: content.byteLength };
    }),
    redactions,
  };
}

/** By name, or because it has no byte that text doesn't have: a name is no proof that a file isn't one. */
function isText({ mediaType, content }: SelectedArtifact): boolean {
  return isTextType(mediaType) || !content.includes(0);
}

function addCount(redactions: Redaction[], added: Redaction): void {
  const known = redactions.find(({ kind, stream }) => kind === added.kind && stream === added.stream);
  if (known === undefined) redactions.push(added);
  else known.count += added.count;
}
