import type { Severity } from '../../domain/violation.ts';
import type { BashFacts } from './bash/bash-facts.ts';
import type { JavaScriptFacts } from './javascript/javascript-facts.ts';
import type { SyntaxNode } from './parse/syntax-tree.ts';
import type { PythonFacts } from './python/python-facts.ts';

/** Where a rule objects: at a node, or at nothing when the whole program is to blame. */
export interface Objection {
  node: SyntaxNode | null;
  /** What stands for `{name}` in the rule's texts. */
  name?: string;
  /** The module that is to blame, so that a policy can allow it. */
  module?: string;
}

/** One thing that programs shouldn't do. Texts may name what was found as `{name}`. */
export interface Rule<Facts> {
  /** Begins with the language: `py-`, `js-` (TypeScript too) or `sh-`. */
  id: string;
  severity: Severity;
  /** The message of a violation. */
  title: string;
  /** Why it is dangerous. */
  cause: string;
  /** What exactly is found, and what isn't. */
  explanation: string;
  /** What to change, as an order. */
  hint: string;
  /** A program that breaks the rule, and one close to it that doesn't. */
  denied: string;
  allowed: string;
  /** Reported only where the profile wants modules to be on the list of safe ones. */
  isForListedModulesOnly?: true;
  find(facts: Facts): Iterable<Objection>;
}

export type PythonRule = Rule<PythonFacts>;
export type JavaScriptRule = Rule<JavaScriptFacts>;
export type BashRule = Rule<BashFacts>;
export type AnyRule = PythonRule | JavaScriptRule | BashRule;
