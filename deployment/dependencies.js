'use strict';

/** Below the limit of AWS, which creates at most five streams and five consumers of an account at a time. */
const AT_A_TIME = 4;

const idsOf = (resources, type) => Object.keys(resources).filter((id) => resources[id].Type === type);

function inTurns(resources, type) {
  const ids = idsOf(resources, type);
  ids.slice(AT_A_TIME).forEach((id, index) => {
    resources[id].DependsOn = [ids[index]];
  });
}

/** Removes dependencies that references imply, as linters report them. */
function withoutRepetition(resource) {
  const properties = JSON.stringify(resource.Properties);
  resource.DependsOn = [resource.DependsOn ?? []].flat().filter((id) => !properties.includes(`"${id}"`));
  if (resource.DependsOn.length === 0) {
    delete resource.DependsOn;
  }
}

/** Sets the order in which resources are created, where references do not imply it. */
module.exports = {
  arrange(service) {
    const resources = service.provider.compiledCloudFormationTemplate.Resources;
    inTurns(resources, 'AWS::Kinesis::Stream');
    inTurns(resources, 'AWS::Kinesis::StreamConsumer');
    for (const type of ['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::EventSourceMapping']) {
      idsOf(resources, type).forEach((id) => withoutRepetition(resources[id]));
    }
  },
};
