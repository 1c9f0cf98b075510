import { type Environment, environments, type FunctionName } from '../contract/environment.ts';

/** The function's environment, parsed once at start. Throws, and so fails the deployment's first call, when one is missing. */
export function parseEnvironment<Name extends FunctionName>(name: Name): Environment<Name> {
  return environments[name].parse(process.env) as Environment<Name>;
}
