// What the Task states of a state machine do on one machine.
'use strict';

const LAMBDA_INVOKE = 'arn:aws:states:::lambda:invoke';
const START_EXECUTION = 'arn:aws:states:::states:startExecution';

/** The handlers of a definition's tasks, by the name of the state. */
function taskHandlers(definition, services) {
  const handlers = {};
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === 'Task') handlers[name] = handler(name, state.Resource, services);
    if (state.Type === 'Map' || state.Type === 'Parallel') {
      throw new Error(`state ${name}: ${state.Type} cannot be run on one machine`);
    }
  }
  return handlers;
}

function handler(state, resource, { callLambda, startExecution }) {
  if (resource === LAMBDA_INVOKE) {
    return async ({ FunctionName, Payload }) => ({
      ExecutedVersion: '$LATEST',
      Payload: await callLambda(nameOf(FunctionName), Payload),
      StatusCode: 200,
    });
  }
  if (resource === START_EXECUTION) {
    return async ({ StateMachineArn, Name, Input }) => {
      const input = JSON.stringify(Input ?? {});
      const started = startExecution({ stateMachineArn: StateMachineArn, name: Name, input });
      return { ExecutionArn: started.arn, StartDate: new Date(started.startDate * 1000) };
    };
  }
  throw new Error(
    `state ${state}: ${resource} cannot be run on one machine, only ${LAMBDA_INVOKE} and ${START_EXECUTION}`,
  );
}

/** Of a function's name or ARN, with or without a version. */
function nameOf(function_) {
  return function_.startsWith('arn:') ? function_.split(':')[6] : function_;
}

module.exports = { taskHandlers };
