import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** Findings of AWS's checks that we know and accept, each with its reason. `IAM5` names the wildcard in brackets. */
const acknowledged: Record<string, string> = {
  S1: 'Only two functions of the stack read or write the bucket, and both log what they do.',
  VPC7: 'No route leads out of the subnets: the flows that there can be are those between our own parts.',
  SMG4: "E2B's key is replaced by its owner, the hosts' key with the stack; tenants know what is derived from the callback key.",
  ECS2: "Reading the hosts' key at the start would need another paid endpoint; the security group admits no one else.",
  ECS4: 'Container Insights costs per metric; the hosts write what matters to their log.',
  APIG1: 'Functions log every request with its id; an access log would need an account-wide role.',
  APIG2: 'Bodies are validated by method: the validator is set where a route has a body.',
  APIG3: 'A web ACL costs per month; an owner who wants one attaches it to the stage.',
  APIG6: "API Gateway's execution log would hold programs and their output.",
  COG4: 'Callers are programs with API keys, checked by the authorizer; there are no users to sign in.',
  'IAM5[Resource::*]': 'Describing and creating network interfaces can not be limited to a resource.',
  'IAM5[Resource::<tablesexecutionsB0695EC5.Arn>/index/*]': 'The indexes of the one table.',
  'IAM5[Resource::<blobsbucketA2392860.Arn>/programs/*]': 'The objects of one prefix.',
  'IAM5[Resource::<blobsbucketA2392860.Arn>/outputs/*]': 'The objects of one prefix.',
  'IAM5[Resource::<blobsbucketA2392860.Arn>/artifacts/*]': 'The objects of one prefix.',
  'IAM5[Resource::<sandboxwasmfunction208EF9A3.Arn>:*]': 'The versions of the one function.',
};

/** Makes the synthesis of an app fail on any finding that is not acknowledged here. */
export function checkSolutions(app: IConstruct): void {
  const validations = Validations.of(app);
  validations.addPlugins(new AwsSolutionsChecks(app));
  for (const [rule, reason] of Object.entries(acknowledged)) {
    validations.acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
  }
}
