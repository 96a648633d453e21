// DynamoDB on 127.0.0.1, in memory or in a folder. Usage: node dynamodb-emulator.js PORT [FOLDER]
'use strict';

const fs = require('fs');
const dynalite = require('dynalite');
const { Level } = require(require.resolve('level', { paths: [require.resolve('dynalite')] }));

const IDLE_CONNECTION_MILLIS = 120_000; // longer than AWS clients keep one, so that none is cut in use

const port = Number(process.argv[2]);
const folder = process.argv[3];

/**
 * Opens the folder once: dynalite itself would listen, and fail with each request. Where tables are left without
 * the file that names them, LevelDB would delete them and begin anew.
 */
async function requireUsable() {
  try {
    const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    if (files.some((each) => each.endsWith('.ldb')) && !files.includes('CURRENT')) {
      throw new Error('its file CURRENT is missing');
    }
    const level = new Level(folder);
    await level.open();
    await level.close();
  } catch ({ message, cause }) {
    const why = cause?.code === 'LEVEL_LOCKED' ? 'it is in use by another run' : (cause?.message ?? message);
    console.error(`${folder} cannot be used: ${why}; choose another folder`);
    process.exit(1);
  }
}

// dynalite rethrows the error of a request that its client broke off; no reason to end.
process.on('uncaughtException', (error) => {
  console.error(error);
  if (error.code !== 'ECONNRESET') process.exit(1);
});

/** Counts the writes of items, which `GET /writes` tells. */
function countWrites(server) {
  let writes = 0;
  const [answer] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.url === '/writes') return response.end(String(writes));
    if (request.headers['x-amz-target']?.endsWith('.PutItem')) writes += 1;
    return answer(request, response);
  });
}

(async () => {
  if (folder) await requireUsable();
  const server = dynalite({ path: folder, createTableMs: 5, deleteTableMs: 5, updateTableMs: 5 });
  countWrites(server);
  server.keepAliveTimeout = IDLE_CONNECTION_MILLIS;
  server.headersTimeout = IDLE_CONNECTION_MILLIS + 1_000;
  server.listen(port, '127.0.0.1', () => console.log(`listening on 127.0.0.1:${port}`));
})();
