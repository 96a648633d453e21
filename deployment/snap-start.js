'use strict';

/** Replaces every `from` below the node. */
function replace(node, from, to) {
  for (const [key, value] of Object.entries(node)) {
    if (JSON.stringify(value) === JSON.stringify(from)) {
      node[key] = to;
    } else if (value !== null && typeof value === 'object') {
      replace(value, from, to);
    }
  }
}

/**
 * With SnapStart, a function is called by an alias of its newest published version: only such a
 * version starts from a snapshot. The framework makes versions and aliases, and makes mappings and
 * schedules call them; this file does it for the state machine and its role.
 */
module.exports = {
  /** The default for functions without a setting of their own. */
  assign({ custom, functions }) {
    if (custom['snap-start'] === 'on') {
      for (const definition of Object.values(functions)) {
        definition.snapStart ??= true;
      }
    }
  },

  callAliases(serverless) {
    const { service } = serverless;
    const { naming } = serverless.getProvider('aws');
    const resources = Object.values(service.provider.compiledCloudFormationTemplate.Resources);
    const propertiesOf = (type) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
    for (const name of service.getAllFunctions().filter((each) => service.getFunction(each).snapStart)) {
      const arn = { 'Fn::GetAtt': [naming.getLambdaLogicalId(name), 'Arn'] };
      const alias = { Ref: naming.getLambdaSnapStartAliasLogicalId(name) };
      propertiesOf('AWS::StepFunctions::StateMachine').forEach((each) => replace(each, arn, alias));
      // Executions run for days, and may have started before SnapStart was switched on.
      propertiesOf('AWS::IAM::Role').forEach((each) => replace(each, arn, [arn, alias]));
    }
  },
};
