import type { FunctionConfig } from '../lambda/function-config.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Stack } from '../template/load-stack.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../template/resource-names.ts';
import type { Resource } from '../template/template.ts';
import type { ReportProblem } from '../template/template-error.ts';

/** A rule that invokes a function at a fixed rate. */
export interface Schedule {
  readonly everyMs: number;
  readonly functionConfig: FunctionConfig;
  readonly ruleArn: string;
  /** The target's constant input, in place of the scheduled event. */
  readonly input: string | undefined;
}

const UNITS_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const PATIENCE_MS = 60_000;

export function readSchedules(
  stack: Stack,
  configs: readonly FunctionConfig[],
  report: ReportProblem,
): Schedule[] {
  return stack.ofType('AWS::Events::Rule').flatMap((rule): Schedule[] => {
    const everyMs = rateOf(rule, report);
    if (everyMs === undefined || rule.properties.State === 'DISABLED') return [];
    const ruleArn = stack.namesOf(rule.logicalId).attributes.Arn ?? rule.logicalId;
    const targets = (rule.properties.Targets ?? []) as unknown as readonly { Arn: string; Input?: string }[];
    return targets.flatMap(({ Arn, Input: input }, index): Schedule[] => {
      const functionConfig = configs.find(({ arn }) => arn === Arn);
      if (functionConfig === undefined) {
        report(rule, `Targets[${index}].Arn`, `${Arn} is no function of this template`);
        return [];
      }
      return [{ everyMs, functionConfig, ruleArn, input }];
    });
  });
}

function rateOf(rule: Resource, report: ReportProblem): number | undefined {
  const expression = String(rule.properties.ScheduleExpression);
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs === undefined) {
    const message = `${expression} isn't supported; supported: rate(n minutes | hours | days)`;
    report(rule, 'ScheduleExpression', message);
    return undefined;
  }
  return Number(count) * unitMs;
}

/** Starts the rules; returns the way to stop them. */
export function startSchedules(schedules: readonly Schedule[], functions: Functions): () => void {
  const timers = schedules.map(({ everyMs, functionConfig, ruleArn, input }) => {
    const fire = () => {
      const payload = input ?? JSON.stringify(scheduledEvent(ruleArn));
      void functions.invoke(functionConfig, { payload, caller: 'schedule', patienceMs: PATIENCE_MS });
    };
    const timer = setInterval(fire, everyMs);
    timer.unref();
    return timer;
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

const scheduledEvent = (ruleArn: string) => ({
  version: '0',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: LOCAL_ACCOUNT,
  time: new Date().toISOString(),
  region: LOCAL_REGION,
  resources: [ruleArn],
  detail: {},
});
