import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** What Lambda itself needs to attach a function to a VPC: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export function networkInterfaceRights(): PolicyStatement {
  return new PolicyStatement({
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
  });
}
