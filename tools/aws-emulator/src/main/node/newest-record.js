// Looks for the newest record of a shard of kinesalite.
'use strict';

const db = require('kinesalite/db');

/** Calls `use` with the record and its sequence number, or with undefined if there is none. */
module.exports = (store, stream, shardIx, use) => {
  let newest;
  store
    .getStreamDb(stream)
    .createReadStream({
      gt: db.shardIxToHex(shardIx),
      lt: db.shardIxToHex(shardIx + 1),
      reverse: true,
      limit: 1,
    })
    .on('data', ({ key, value }) => (newest = { sequenceNumber: key.split('/')[1], value }))
    .on('end', () => use(newest));
};
