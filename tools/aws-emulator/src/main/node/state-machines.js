// Step Functions on 127.0.0.1. Usage: node state-machines.js MACHINES CALLBACKS PORT_FILE
//   MACHINES   a JSON file: [{"name", "arn", "definition"}]
//   CALLBACKS  a URL; a function is called with POST CALLBACKS/functions/NAME
//   PORT_FILE  gets the port when all is ready
// Besides the API of AWS: GET /counters, and DELETE /executions, which stops and forgets all.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const { ApiError, Executions } = require('./executions.js');

const IDLE_CONNECTION_MILLIS = 120_000; // longer than AWS clients keep one, so that none is cut in use

const [machines, callbacks, portFile] = process.argv.slice(2);
const definitions = JSON.parse(fs.readFileSync(machines, 'utf8'));
const executions = new Executions(definitions, callLambda);

const operations = {
  StartExecution: (call) => pick(executions.start(call), 'executionArn', 'startDate'),
  StopExecution: (call) => pick(executions.stop(call), 'stopDate'),
  DescribeExecution: (call) => describe(executions.describe(call)),
  ListStateMachines: () => ({ stateMachines: definitions.map(machine) }),
  ListExecutions: (call) => ({ executions: executions.list(call).map(summary) }),
};

/** A function that answers with an error names it, as Lambda does: {"errorType", "errorMessage"}. */
async function callLambda(name, payload) {
  const response = await fetch(`${callbacks}/functions/${encodeURIComponent(name)}`, {
    method: 'POST',
    body: JSON.stringify(payload),
  }).catch((error) => fail('Lambda.SdkClientException', String(error.cause ?? error)));
  const text = await response.text();
  if (response.ok) return text === '' ? null : JSON.parse(text);
  const { errorType, errorMessage } = errorOf(text);
  return fail(errorType ?? 'Lambda.AWSLambdaException', errorMessage ?? text);
}

function errorOf(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function fail(name, message) {
  throw Object.assign(new Error(message), { name });
}

function pick(execution, ...names) {
  const all = { ...execution, executionArn: execution.arn };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

function machine({ name, arn }) {
  return { name, stateMachineArn: arn, type: 'STANDARD', creationDate: Date.now() / 1000 };
}

function summary(execution) {
  return pick(execution, 'executionArn', 'stateMachineArn', 'name', 'status', 'startDate', 'stopDate');
}

function describe(execution) {
  return { ...summary(execution), ...pick(execution, 'input', 'output', 'error', 'cause') };
}

async function answer(request) {
  if (request.method === 'GET' && request.url === '/counters') {
    return { ...executions.counters, running: executions.running() };
  }
  if (request.method === 'DELETE' && request.url === '/executions') {
    await executions.clear();
    return {};
  }
  const target = String(request.headers['x-amz-target']).split('.').pop();
  const body = await read(request);
  if (!Object.hasOwn(operations, target)) {
    throw new ApiError('UnknownOperationException', `not known on one machine: ${target}`);
  }
  return operations[target](JSON.parse(body));
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}

const server = http.createServer((request, response) => {
  answer(request).then(
    (body) => send(response, 200, body),
    (error) => {
      const known = error instanceof ApiError;
      if (!known) console.error(error);
      const __type = known ? error.type : 'InternalFailure';
      send(response, known ? 400 : 500, { __type, message: error.message });
    },
  );
});
server.keepAliveTimeout = IDLE_CONNECTION_MILLIS;
server.headersTimeout = IDLE_CONNECTION_MILLIS + 1_000;

server.listen(0, '127.0.0.1', () => {
  fs.writeFileSync(`${portFile}.new`, String(server.address().port));
  fs.renameSync(`${portFile}.new`, portFile);
});
