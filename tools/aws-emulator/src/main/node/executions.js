// The executions of some state machines, interpreted by aws-local-stepfunctions.
'use strict';

require('./promise-with-resolvers.js');
const { randomUUID } = require('node:crypto');
const { StateMachine } = require('aws-local-stepfunctions');
const { taskHandlers } = require('./tasks.js');

const CLOSED_KEPT = 10_000; // AWS keeps a closed execution, and its name taken, for 90 days
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/;

/** An answer of the API other than success; also the error that a state machine may catch. */
class ApiError extends Error {
  constructor(type, message) {
    super(message);
    this.type = type;
    this.name = `StepFunctions.${type}Exception`;
  }
}

class Executions {
  /** @param machines array of {arn, name, definition}; @param callLambda async (name, payload) */
  constructor(machines, callLambda) {
    this.machines = new Map();
    this.callLambda = callLambda;
    this.reset();
    for (const { arn, name, definition } of machines) {
      taskHandlers(definition, {}); // throws now rather than on the first execution
      this.machines.set(arn, { arn, name, definition, interpreter: new StateMachine(definition) });
    }
  }

  reset() {
    this.byArn = new Map();
    this.calls = new Set();
    this.counters = { executions: 0, transitions: 0, lambdaCalls: 0, lambdaErrors: 0, longestCallMillis: 0 };
  }

  /** Like StartExecution: the same name and input as one that runs starts nothing. */
  start({ stateMachineArn, name = randomUUID(), input = '{}' }) {
    const machine = this.machine(stateMachineArn);
    if (!NAME.test(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const before = this.byArn.get(arn);
    if (before?.status === 'RUNNING' && before.input === input) return before;
    if (before) throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    return this.run(machine, { arn, name, stateMachineArn, input, startDate: seconds() });
  }

  run(machine, execution) {
    execution.status = 'RUNNING';
    const run = machine.interpreter.run(parse(execution.input), {
      overrides: { taskResourceLocalHandlers: this.handlers(machine.definition, execution) },
      context: {
        Execution: { Id: execution.arn, Name: execution.name },
        StateMachine: { Id: machine.arn, Name: machine.name },
      },
    });
    execution.abort = run.abort;
    this.byArn.set(execution.arn, execution);
    this.counters.executions++;
    this.count(run.eventLogs, this.counters);
    run.result.then(
      (output) => close(execution, 'SUCCEEDED', { output: JSON.stringify(output) }),
      (error) => this.failed(execution, error),
    );
    this.forgetOldest();
    return execution;
  }

  handlers(definition, execution) {
    return taskHandlers(definition, {
      callLambda: (name, payload) => this.invoke(execution, name, payload),
      startExecution: (call) => {
        requireRunning(execution);
        return this.start(call);
      },
    });
  }

  failed(execution, error) {
    if (execution.status !== 'RUNNING') return;
    const cause = error.cause ?? error;
    console.error(`${execution.arn} failed: ${cause.name}: ${cause.message}`);
    close(execution, 'FAILED', { error: cause.name, cause: cause.message });
  }

  stop({ executionArn, error, cause }) {
    const execution = this.describe({ executionArn });
    if (execution.status === 'RUNNING') {
      close(execution, 'ABORTED', { error, cause });
      execution.abort();
    }
    return execution;
  }

  describe({ executionArn }) {
    const execution = this.byArn.get(executionArn);
    if (!execution) {
      throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    }
    return execution;
  }

  /** The executions of a state machine, the latest first. */
  list({ stateMachineArn, statusFilter, maxResults }) {
    this.machine(stateMachineArn);
    return [...this.byArn.values()]
      .filter((each) => each.stateMachineArn === stateMachineArn)
      .filter((each) => !statusFilter || each.status === statusFilter)
      .reverse()
      .slice(0, maxResults || 100);
  }

  /** Stops everything, waits for the functions that are still at work, and forgets it all. */
  async clear() {
    do {
      for (const executionArn of this.byArn.keys()) this.stop({ executionArn });
      await Promise.allSettled(this.calls);
    } while (this.running() > 0);
    this.reset();
  }

  running() {
    return [...this.byArn.values()].filter((each) => each.status === 'RUNNING').length;
  }

  machine(arn) {
    const machine = this.machines.get(arn);
    if (machine) return machine;
    throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  }

  async invoke(execution, functionName, payload) {
    requireRunning(execution);
    const { calls, counters } = this;
    counters.lambdaCalls++;
    const startMillis = performance.now();
    const call = this.callLambda(functionName, payload);
    calls.add(call);
    try {
      return await call;
    } catch (error) {
      counters.lambdaErrors++;
      throw error;
    } finally {
      calls.delete(call);
      const millis = Math.ceil(performance.now() - startMillis);
      counters.longestCallMillis = Math.max(counters.longestCallMillis, millis);
    }
  }

  /** A transition is a state entered, or tried again; that is what AWS bills. */
  async count(events, counters) {
    for await (const { type } of events) {
      if (type === 'StateEntered' || type === 'StateRetried') counters.transitions++;
    }
  }

  forgetOldest() {
    if (this.byArn.size <= 2 * CLOSED_KEPT) return;
    const closed = [...this.byArn.values()].filter((each) => each.status !== 'RUNNING');
    closed.slice(0, -CLOSED_KEPT).forEach((each) => this.byArn.delete(each.arn));
  }
}

/** The interpreter goes through with its retries when an execution is stopped. */
function requireRunning({ arn, status }) {
  if (status !== 'RUNNING') throw new Error(`${arn} has been stopped`);
}

function parse(input) {
  try {
    return JSON.parse(input);
  } catch (error) {
    throw new ApiError('InvalidExecutionInput', `Invalid Execution Input: '${error.message}'`);
  }
}

function close(execution, status, more) {
  if (execution.status === 'RUNNING') {
    Object.assign(execution, { status, stopDate: seconds() }, more);
  }
}

function seconds() {
  return Date.now() / 1000;
}

module.exports = { ApiError, Executions };
