import type { TableDefinition } from '../../../local/dynamodb/ensure-table.ts';

export const TableName = 'items';

/** A table with a sparse index, as the wire form of CreateTable. */
export const ITEMS_TABLE: TableDefinition = {
  TableName,
  AttributeDefinitions: ['pk', 'sk', 'status'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byStatus',
      KeySchema: [
        { AttributeName: 'status', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['label'] },
    },
  ],
};
