// kinesalite does not answer at all where a shard has no record as new as AT_TIMESTAMP asks for.
// Kinesis answers with an iterator behind the newest record.
'use strict';

const db = require('kinesalite/db');
const newestRecord = require('./newest-record.js');

const path = require.resolve('kinesalite/actions/getShardIterator');
const getShardIterator = require(path);

function behind(record) {
  return record === undefined
    ? { ShardIteratorType: 'TRIM_HORIZON' }
    : {
        ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
        StartingSequenceNumber: record.sequenceNumber,
      };
}

require.cache[path].exports = (store, data, answer) => {
  const isAsked = data.ShardIteratorType === 'AT_TIMESTAMP' && data.Timestamp * 1000 <= Date.now();
  if (!isAsked || !/^shardId-\d+$/.test(data.ShardId)) {
    getShardIterator(store, data, answer);
    return;
  }
  const { shardIx } = db.resolveShardId(data.ShardId);
  newestRecord(store, data.StreamName, shardIx, (newest) => {
    const hasSome = newest?.value.ApproximateArrivalTimestamp >= data.Timestamp;
    const { Timestamp, ...other } = data;
    getShardIterator(store, hasSome ? data : { ...other, ...behind(newest) }, answer);
  });
};
