// kinesalite does not answer at all where a shard has no record as new as AT_TIMESTAMP asks for.
// Kinesis answers with an iterator behind the newest record.
'use strict';

const db = require('kinesalite/db');

const path = require.resolve('kinesalite/actions/getShardIterator');
const getShardIterator = require(path);

function withNewestRecord(store, data, use) {
  const { shardIx } = db.resolveShardId(data.ShardId);
  const range = { gt: db.shardIxToHex(shardIx), lt: db.shardIxToHex(shardIx + 1) };
  let newest;
  store
    .getStreamDb(data.StreamName)
    .createReadStream({ ...range, reverse: true, limit: 1 })
    .on('data', (record) => (newest = record))
    .on('end', () => use(newest));
}

function behind(record) {
  return record === undefined
    ? { ShardIteratorType: 'TRIM_HORIZON' }
    : {
        ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
        StartingSequenceNumber: record.key.split('/')[1],
      };
}

require.cache[path].exports = (store, data, answer) => {
  const isAsked = data.ShardIteratorType === 'AT_TIMESTAMP' && data.Timestamp * 1000 <= Date.now();
  if (!isAsked || !/^shardId-\d+$/.test(data.ShardId)) {
    getShardIterator(store, data, answer);
    return;
  }
  withNewestRecord(store, data, (newest) => {
    const hasSome = newest?.value.ApproximateArrivalTimestamp >= data.Timestamp;
    const { Timestamp, ...other } = data;
    getShardIterator(store, hasSome ? data : { ...other, ...behind(newest) }, answer);
  });
};
