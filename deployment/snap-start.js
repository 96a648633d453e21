'use strict';

/**
 * With SnapStart, whoever calls a function calls an alias of its newest published version: only such
 * a version starts from a snapshot. The framework makes versions and aliases, and points mappings and
 * schedules to them; what serverless.yml spells itself is pointed to them here.
 */
class SnapStart {
  constructor(serverless) {
    const { service } = serverless;
    this.service = service;
    this.naming = serverless.getProvider('aws').naming;
    this.resources = service.provider.compiledCloudFormationTemplate.Resources;
  }

  aliases() {
    const functions = this.service.getAllFunctions().filter((name) => this.service.getFunction(name).snapStart);
    return functions.map((name) => ({
      arn: { 'Fn::GetAtt': [this.naming.getLambdaLogicalId(name), 'Arn'] },
      alias: { Ref: this.naming.getLambdaSnapStartAliasLogicalId(name) },
    }));
  }

  callAliases() {
    for (const { arn, alias } of this.aliases()) {
      for (const { Type, Properties } of Object.values(this.resources)) {
        if (Type === 'AWS::StepFunctions::StateMachine') {
          this.replace(Properties, arn, alias);
        } else if (Type === 'AWS::IAM::Role') {
          // Executions go on for days as they were started: before SnapStart was switched on.
          this.replace(Properties, arn, [arn, alias]);
        }
      }
    }
  }

  replace(node, from, to) {
    for (const [key, value] of Object.entries(node)) {
      if (JSON.stringify(value) === JSON.stringify(from)) {
        node[key] = to;
      } else if (value !== null && typeof value === 'object') {
        this.replace(value, from, to);
      }
    }
  }
}

module.exports = {
  check({ service, classes }) {
    const setting = service.custom['snap-start'];
    if (setting !== 'on' && setting !== 'off') {
      throw new classes.Error(`parameter snap-start must be on or off: ${setting}`);
    }
  },

  /** For the functions that say nothing themselves. */
  assign({ service }) {
    if (service.custom['snap-start'] === 'on') {
      for (const definition of Object.values(service.functions)) {
        definition.snapStart ??= true;
      }
    }
  },

  callAliases(serverless) {
    new SnapStart(serverless).callAliases();
  },
};
