import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

const { debug, info, error } = console;

/** One logger and one metrics buffer per function; service name and namespace come from the environment. */
export const logger = new Logger();
/** Silent about its warnings: most of our requests have no metric, and each would be logged as one. */
export const metrics = new Metrics({ logger: { debug, info, warn: () => {}, error } });
