import { loadStack, type Stack } from '../template/load-stack.ts';
import { type NamingContext, namesOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import type { Secrets } from './secrets.ts';

/**
 * Declares a template's secrets and loads it: properties may hold the text of one. `given` are texts by the output
 * that names the secret.
 */
export function readStack(
  template: Template,
  context: NamingContext,
  secrets: Secrets,
  given: Readonly<Record<string, string>> = {},
): Stack {
  for (const [logicalId, { Type, Properties = {} }] of Object.entries(template.Resources)) {
    if (Type !== 'AWS::SecretsManager::Secret') continue;
    const { SecretString } = Properties;
    const text = typeof SecretString === 'string' ? SecretString : undefined;
    secrets.declare(namesOf(logicalId, Type, Properties, context).ref, text);
  }
  const stack = loadStack(template, context, secrets.textOf);
  for (const [output, text] of Object.entries(given)) secrets.declare(stack.output(output), text);
  return stack;
}
