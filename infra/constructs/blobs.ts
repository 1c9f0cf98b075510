import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { blobFolder, blobPrefixes } from '../../shared/contract/tables.ts';
import { retentionClasses } from '../../shared/domain/retention.ts';
import type { Stage } from '../config.ts';

/** The bucket for programs and outputs that don't fit in a table's item. It outlives their records by a day. */
export class Blobs extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: stage === 'prod' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...Object.keys(blobPrefixes).flatMap((kind) =>
          retentionClasses.map((days) => ({
            prefix: blobFolder(kind as keyof typeof blobPrefixes, days),
            expiration: Duration.days(days + 1),
          })),
        ),
      ],
    });
  }
  /** One action on some kinds of blobs; the bucket's own grants give more than that. */
  grant(grantee: IGrantable, action: 's3:GetObject' | 's3:PutObject', ...prefixes: string[]): void {
    Grant.addToPrincipal({
      grantee,
      actions: [action],
      resourceArns: prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}*`)),
    });
  }
}
