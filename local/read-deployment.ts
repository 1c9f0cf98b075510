import { type RestApi, readRestApi } from './api-gateway/rest-api.ts';
import { type Mapping, readMappings } from './event-sources/read-mappings.ts';
import { readSchedules, type Schedule } from './event-sources/schedules.ts';
import { type FunctionConfig, type FunctionSurroundings, readFunctions } from './lambda/function-config.ts';
import type { Stack } from './template/load-stack.ts';
import { type ReportProblem, TemplateError, type TemplateProblem } from './template/template-error.ts';

/** Everything that a stack's functions need, in the terms of those who run it. */
export interface Deployment {
  readonly configs: readonly FunctionConfig[];
  /** Nothing for a template without a REST API. */
  readonly api: RestApi | undefined;
  readonly mappings: readonly Mapping[];
  readonly schedules: readonly Schedule[];
}

/** Reads a stack; throws one TemplateError with all that can't be honoured. */
export function readDeployment(stack: Stack, surroundings: FunctionSurroundings): Deployment {
  const problems: TemplateProblem[] = [];
  const report: ReportProblem = ({ logicalId, type }, property, message) => {
    problems.push({ logicalId, type, property, message });
  };
  const configs = readFunctions(stack, surroundings);
  const deployment = {
    configs,
    api: readRestApi(stack, report),
    mappings: readMappings(stack, configs, report),
    schedules: readSchedules(stack, configs, report),
  };
  if (problems.length > 0) throw new TemplateError(problems);
  return deployment;
}
