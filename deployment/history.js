'use strict';

/** The actions of the functions; `rebuild` and `backfill` run with the rights of who starts them. */
const ACTIONS = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

const ID = 'History';

const hasHistory = ({ functions }) => Object.values(functions).some(({ history }) => history === true);

const uses = (service, { history }) => history === true || (history === 'if-any' && hasHistory(service));

const isGiven = ({ custom }) => custom.history['table-arn'] !== null;

const tableArn = (service) => (isGiven(service) ? service.custom.history['table-arn'] : { 'Fn::GetAtt': [ID, 'Arn'] });

const tableName = (service) => (isGiven(service) ? tableArn(service).split('/').pop() : { Ref: ID });

/** The table that feature groups with history keep their entities in. */
module.exports = {
  hasHistory,
  tableName,

  /** Gives the name of the table to the functions that use it. */
  assign(service) {
    for (const definition of Object.values(service.functions).filter((each) => uses(service, each))) {
      definition.environment = { ...definition.environment, HISTORY_TABLE: tableName(service) };
    }
  },

  statements(service, definition) {
    return uses(service, definition) ? [{ Effect: 'Allow', Action: ACTIONS, Resource: tableArn(service) }] : [];
  },

  /** Adds the table to the template, if a function uses it and none is given. It stays when the stack goes. */
  addResources(service) {
    if (!hasHistory(service) || isGiven(service)) {
      return;
    }
    service.provider.compiledCloudFormationTemplate.Resources[ID] = {
      Type: 'AWS::DynamoDB::Table',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: `${service.custom.name}-history`,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      },
    };
  },
};
