import type { Readable } from 'node:stream';
import { crc32 } from '../../contract/crc32.js';

/** An answer that goes on, message by message, until one side ends it. */
export class EventStream {
  /** Begins. Destroying what it returns ends it. */
  readonly open: () => Readable;

  constructor(open: () => Readable) {
    this.open = open;
  }
}

export const EVENT_STREAM_TYPE = 'application/vnd.amazon.eventstream';

const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
/** The type of a header's value that is a text. */
const TEXT = 7;

/** A message with an event. The first of an answer is `initial-response`, without which botocore refuses the answer (seen in source). */
export function eventMessage(eventType: string, payload: object): Buffer {
  return message({ ':event-type': eventType, ':message-type': 'event' }, payload);
}

/** A message with an error that the operation has. It ends the answer. */
export function exceptionMessage(exceptionType: string, text: string): Buffer {
  return message({ ':exception-type': exceptionType, ':message-type': 'exception' }, { message: text });
}

/**
 * Lengths of all and of the headers, checksum of both, headers, payload, checksum of all before it: the encoding is documented with
 * Amazon Transcribe streaming.
 */
function message(headers: Readonly<Record<string, string>>, payload: object): Buffer {
  const head = headerBytes({ ...headers, ':content-type': 'application/json' });
  const body = Buffer.from(JSON.stringify(payload));
  const bytes = Buffer.alloc(PRELUDE_BYTES + head.length + body.length + CHECKSUM_BYTES);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(head.length, 4);
  bytes.writeUInt32BE(crc32(bytes, 0, 8), 8);
  head.copy(bytes, PRELUDE_BYTES);
  body.copy(bytes, PRELUDE_BYTES + head.length);
  const end = bytes.length - CHECKSUM_BYTES;
  bytes.writeUInt32BE(crc32(bytes, 0, end), end);
  return bytes;
}

function headerBytes(headers: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => [
      Buffer.from([name.length]),
      Buffer.from(name),
      Buffer.from([TEXT, value.length >> 8, value.length & 0xff]),
      Buffer.from(value),
    ]),
  );
}
