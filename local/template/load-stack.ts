import { checkSupport, withoutInert } from './property-support.ts';
import { NO_VALUE, resolveIntrinsics, type Scope, UnresolvedIntrinsicError } from './resolve-intrinsics.ts';
import {
  LOCAL_ACCOUNT,
  LOCAL_REGION,
  type NamingContext,
  namesOf,
  type ResourceNames,
} from './resource-names.ts';
import { SUPPORTED_RESOURCES } from './supported-resources.ts';
import type { Json, Resource, Template, TemplateResource } from './template.ts';
import { TemplateError, type TemplateProblem } from './template-error.ts';

/** A template ready to run: plain values everywhere, nothing in it that the local cloud doesn't know. */
export interface Stack {
  /** The resources of these types, in the template's order. */
  ofType(...types: string[]): Resource[];
  namesOf(logicalId: string): ResourceNames;
  /** The value of one of the template's outputs; throws when there is no such output. */
  output(name: string): string;
}

const SECTIONS = [
  'Resources',
  'Parameters',
  'Conditions',
  'Mappings',
  'Outputs',
  'Rules',
  'Metadata',
  'Description',
  'AWSTemplateFormatVersion',
];
/** Resource members that say how CloudFormation deploys; starting locally deploys everything at once. */
const DEPLOYMENT_MEMBERS = [
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'UpdatePolicy',
];

/**
 * Resolves and checks a whole template; throws one TemplateError with everything that is wrong. `secretOf` gives the
 * texts of secrets by ARN.
 */
export function loadStack(
  template: Template,
  context: NamingContext,
  secretOf: (arn: string) => string | undefined = () => undefined,
): Stack {
  const problems: TemplateProblem[] = [];
  for (const section of Object.keys(template)) {
    if (SECTIONS.includes(section)) continue;
    problems.push({ logicalId: section, type: 'template section', property: '', message: "isn't supported" });
  }

  const scope = createScope(template, context, secretOf);
  const resources = Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([logicalId, resource]) => {
      const report = (property: string, message: string) =>
        problems.push({ logicalId, type: resource.Type, property, message });
      return loadResource(logicalId, resource, scope, report);
    });
  if (problems.length > 0) throw new TemplateError(problems);

  return {
    ofType: (...types) => resources.filter(({ type }) => types.includes(type)),
    namesOf: (logicalId) => scope.namesOf(logicalId) ?? { ref: logicalId, attributes: {} },
    output(name) {
      const output = template.Outputs?.[name];
      if (output === undefined) throw new Error(`The template has no output ${name}`);
      return String(resolveIntrinsics(output.Value, scope));
    },
  };
}

function loadResource(
  logicalId: string,
  { Type: type, Properties = {}, ...rest }: TemplateResource,
  scope: Scope,
  report: (property: string, message: string) => void,
): Resource {
  const table = SUPPORTED_RESOURCES[type];
  if (table === undefined) {
    report('', `the type isn't supported; supported: ${Object.keys(SUPPORTED_RESOURCES).join(', ')}`);
    return { logicalId, type, properties: {} };
  }
  for (const member of Object.keys(rest)) {
    if (!DEPLOYMENT_MEMBERS.includes(member)) report(member, "isn't supported");
  }
  const properties: Record<string, Json> = {};
  for (const [name, value] of Object.entries(withoutInert(Properties, table) as Record<string, Json>)) {
    try {
      const resolved = resolveIntrinsics(value, scope);
      if (resolved === NO_VALUE) continue;
      properties[name] = resolved;
      checkSupport(table[name], resolved, name, table, report);
    } catch (error) {
      if (!(error instanceof UnresolvedIntrinsicError)) throw error;
      report(name, error.message);
    }
  }
  return { logicalId, type, properties };
}

function createScope(
  template: Template,
  context: NamingContext,
  secretOf: (arn: string) => string | undefined,
): Scope & { namesOf(logicalId: string): ResourceNames | undefined } {
  const pseudo: Readonly<Record<string, Json>> = {
    'AWS::Region': LOCAL_REGION,
    'AWS::AccountId': LOCAL_ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': context.stackName,
    'AWS::StackId': `arn:aws:cloudformation:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stack/${context.stackName}/local`,
    'AWS::NotificationARNs': [],
  };
  const names = (logicalId: string): ResourceNames | undefined => {
    const resource = template.Resources[logicalId];
    return resource && namesOf(logicalId, resource.Type, resource.Properties ?? {}, context);
  };
  const parameter = (name: string): Json | undefined => {
    const declared = template.Parameters?.[name];
    // The default of an SSM parameter is the parameter's path; its value is in the account.
    return declared?.Type.startsWith('AWS::SSM::') ? undefined : declared?.Default;
  };
  const scope = {
    ref: (name: string) => pseudo[name] ?? parameter(name) ?? names(name)?.ref,
    attribute: (logicalId: string, attribute: string) => names(logicalId)?.attributes[attribute],
    mapping: (map: string, first: string, second: string) => template.Mappings?.[map]?.[first]?.[second],
    condition: (name: string): boolean => {
      const expression = template.Conditions?.[name];
      if (expression === undefined) throw new UnresolvedIntrinsicError(`condition ${name} isn't declared`);
      return resolveIntrinsics(expression, scope) === true;
    },
    secret: secretOf,
    namesOf: names,
  };
  return scope;
}
