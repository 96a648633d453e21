// The AWS SDK for Java speaks to Kinesis in CBOR. kinesalite takes that, but keeps bytes as it takes
// no JSON client, answers them as objects, has times in seconds where milliseconds are meant, and cuts
// answers at 16 KiB. So what it decodes and encodes is turned here from and into what JSON clients send
// and get: bytes as base64, times in seconds.
'use strict';

const cbor = require(require.resolve('cbor', { paths: [require.resolve('kinesalite')] }));

const EPOCH_TIME = 1; // the CBOR tag
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const { decodeFirstSync } = cbor.Decoder;
const { encodeOne } = cbor.Encoder;

function mapValues(value, convert) {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([name, member]) => [name, convert(member, name)]));
}

function toJson(value) {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (value instanceof Date) return value.getTime() / 1e6; // its milliseconds were read as seconds
  if (Array.isArray(value)) return value.map(toJson);
  return value !== null && typeof value === 'object' ? mapValues(value, toJson) : value;
}

function toCbor(value, name) {
  if (name === 'Data') return Buffer.from(value, 'base64');
  if (typeof value === 'number' && name.endsWith('Timestamp')) {
    return new cbor.Tagged(EPOCH_TIME, Math.round(value * 1000));
  }
  if (Array.isArray(value)) return value.map((element) => toCbor(element, ''));
  return value !== null && typeof value === 'object' ? mapValues(value, toCbor) : value;
}

cbor.Decoder.decodeFirstSync = (body) => toJson(decodeFirstSync(body));
cbor.Encoder.encodeOne = (answer) =>
  encodeOne(toCbor(answer, ''), { highWaterMark: LARGEST_ANSWER_BYTES });
