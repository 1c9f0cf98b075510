/** One thing in a template that the local cloud can't do. */
export interface TemplateProblem {
  readonly logicalId: string;
  readonly type: string;
  /** Where inside the resource, e.g. `Integration.Type`; empty for the resource itself. */
  readonly property: string;
  readonly message: string;
}

/** Every problem of a template at once: running on without one of them would hide a difference to AWS. */
export class TemplateError extends Error {
  readonly problems: readonly TemplateProblem[];

  constructor(problems: readonly TemplateProblem[]) {
    const lines = problems.map(({ logicalId, type, property, message }) => {
      const place = property === '' ? '' : ` ${property}:`;
      return `  ${logicalId} (${type})${place} ${message}`;
    });
    super(`The template needs what the local cloud doesn't do:\n${lines.join('\n')}`);
    this.name = 'TemplateError';
    this.problems = problems;
  }
}

/** Takes a problem of one resource; readers go on after it, so that all problems come out together. */
export type ReportProblem = (
  resource: { readonly logicalId: string; readonly type: string },
  property: string,
  message: string,
) => void;
