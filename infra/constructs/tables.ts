import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { controlTable, executionsTable, ledgerTable } from '../../shared/contract/tables.ts';
import type { Stage } from '../config.ts';

/** The three tables: executions, the ledger of accounts, and the control table of keys, settings, policies and audit. */
export class Tables extends Construct {
  readonly executions: TableV2;
  readonly ledger: TableV2;
  readonly control: TableV2;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    const isKept = stage === 'prod';
    const durable: Partial<TablePropsV2> = {
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: isKept },
      deletionProtection: isKept,
      removalPolicy: isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    const { tenantIndex, openIndex, callbackIndex } = executionsTable;

    this.executions = new TableV2(this, 'executions', {
      ...durable,
      partitionKey: { name: executionsTable.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: executionsTable.expiryAttribute,
      globalSecondaryIndexes: [
        {
          indexName: tenantIndex.name,
          partitionKey: { name: tenantIndex.partitionKey, type: AttributeType.STRING },
          sortKey: { name: tenantIndex.sortKey, type: AttributeType.STRING },
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [...executionsTable.tenantIndexAttributes],
        },
        {
          indexName: openIndex.name,
          partitionKey: { name: openIndex.partitionKey, type: AttributeType.STRING },
          sortKey: { name: openIndex.sortKey, type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: callbackIndex.name,
          partitionKey: { name: callbackIndex.partitionKey, type: AttributeType.STRING },
          sortKey: { name: callbackIndex.sortKey, type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
    });
    this.ledger = new TableV2(this, 'ledger', {
      ...durable,
      partitionKey: { name: ledgerTable.partitionKey, type: AttributeType.STRING },
    });
    this.control = new TableV2(this, 'control', {
      ...durable,
      partitionKey: { name: controlTable.partitionKey, type: AttributeType.STRING },
      sortKey: { name: controlTable.sortKey, type: AttributeType.STRING },
      timeToLiveAttribute: controlTable.expiryAttribute,
    });
  }

  /** The operator settings, none of the control table's other records. */
  grantReadOfSettings(grantee: IGrantable): void {
    this.grantReadOfKinds(grantee, 'dynamodb:GetItem', [controlTable.kinds.settings]);
  }

  /** The operator settings and the tenants' policies, in one read. */
  grantReadOfPolicies(grantee: IGrantable): void {
    const { settings, policy } = controlTable.kinds;
    this.grantReadOfKinds(grantee, 'dynamodb:BatchGetItem', [settings, policy]);
  }

  /** Records of what a tenant was refused and its keys were used for, none of what operators did. */
  grantAppendOfTenantAudit(grantee: IGrantable): void {
    this.grantOnKinds(grantee, 'dynamodb:PutItem', { StringLike: [`${controlTable.kinds.audit}#*`] });
  }

  private grantReadOfKinds(grantee: IGrantable, action: string, kinds: string[]): void {
    this.grantOnKinds(grantee, action, { StringEquals: kinds });
  }

  private grantOnKinds(grantee: IGrantable, action: string, kinds: Record<string, string[]>): void {
    const conditions = Object.entries(kinds).map(([operator, values]) => [
      `ForAllValues:${operator}`,
      { 'dynamodb:LeadingKeys': values },
    ]);
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [action],
        resources: [this.control.tableArn],
        conditions: Object.fromEntries(conditions),
      }),
    );
  }
}
