// Kinesis on 127.0.0.1, in memory. Usage: node kinesis-emulator.js PORT
'use strict';

require('./aws-cbor.js');
require('./at-timestamp.js');
require('./closed-shards.js');
const kinesalite = require('kinesalite');

const IDLE_CONNECTION_MILLIS = 120_000; // longer than AWS clients keep one, so that none is cut in use

const port = Number(process.argv[2]);
const server = kinesalite({
  createStreamMs: 5,
  deleteStreamMs: 5,
  updateStreamMs: 5,
  shardLimit: 10_000,
});
server.keepAliveTimeout = IDLE_CONNECTION_MILLIS;
server.headersTimeout = IDLE_CONNECTION_MILLIS + 1_000;

// kinesalite rethrows the error of a request that its client broke off; no reason to end.
process.on('uncaughtException', (error) => {
  console.error(error);
  if (error.code !== 'ECONNRESET') process.exit(1);
});

server.listen(port, '127.0.0.1', () => console.log(`listening on 127.0.0.1:${port}`));
