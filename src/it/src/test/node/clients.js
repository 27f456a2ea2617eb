// Clients that are not ours: kafkajs and avsc.
//   node clients.js produce BOOTSTRAP TOPIC LINES        each line of the file KEY_IN_HEX<TAB>VALUE is a record
//   node clients.js consume BOOTSTRAP TOPIC COUNT [SCHEMA]  prints KEY_IN_HEX<TAB>JSON for COUNT records; with a schema they are Avro
'use strict';
const fs = require('fs');
const { Kafka, logLevel } = require('kafkajs');
const avro = require('avsc');

const [command, bootstrap, topic, argument, schema] = process.argv.slice(2);
const kafka = new Kafka({ clientId: 'node', brokers: [bootstrap], logLevel: logLevel.ERROR });

async function produce(file) {
  const messages = fs.readFileSync(file, 'utf8').split('\n').filter(line => line).map(line => {
    const [key, value] = line.split('\t');
    return { key: Buffer.from(key, 'hex'), value };
  });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages });
  await producer.disconnect();
}

/** Single-object encoding: two bytes of marker, eight of fingerprint, the record. */
function reader() {
  if (!schema) {
    return value => JSON.parse(value.toString('utf8'));
  }
  const type = avro.Type.forSchema(JSON.parse(fs.readFileSync(schema, 'utf8')), { wrapUnions: 'never' });
  return value => {
    if (value[0] !== 0xc3 || value[1] !== 0x01) {
      throw new Error('not in the single-object encoding');
    }
    return type.fromBuffer(value.subarray(10));
  };
}

async function consume(count) {
  const read = reader();
  const consumer = kafka.consumer({ groupId: 'node-' + topic, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise((resolve, reject) => {
    let seen = 0;
    consumer.on(consumer.events.CRASH, event => reject(event.payload.error));
    consumer.run({
      eachMessage: async ({ message }) => {
        if (seen === count) {
          return;
        }
        const event = read(message.value);
        if (typeof event.state_digest !== 'string' || typeof event.sequence !== 'number') {
          throw new Error('state_digest is no string, or sequence no number');
        }
        console.log(message.key.toString('hex') + '\t' + JSON.stringify(event));
        seen++;
        if (seen === count) {
          resolve();
        }
      },
    }).catch(reject);
  });
  await consumer.disconnect();
}

const done = command === 'produce' ? produce(argument) : consume(Number(argument));
done.then(() => process.exit(0), error => {
  console.error(error.stack);
  process.exit(1);
});
