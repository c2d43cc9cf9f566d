import * as fc from 'fast-check';
import { logEvent } from '../../../runtime/batch/log-event.js';
import { NOW_MS, texts } from '../../support/events.js';

test('an event stands as JSON.stringify has it, and counts what the service counts', () => {
  fc.assert(
    fc.property(texts, fc.nat(NOW_MS), (text, timestamp) => {
      const utf8 = new TextEncoder().encode(text);
      const message = new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8);
      const encoded = JSON.stringify({ timestamp, message });
      expect(logEvent(timestamp, text, 5)).toEqual({
        timestamp,
        bytes: utf8.length + 26,
        rank: 5,
        encoded: Buffer.from(encoded),
        encodedBytes: Buffer.byteLength(encoded),
      });
    }),
  );
});

test.each([
  ['an ASCII character', 'a', 'a', 27],
  ['two bytes', 'é', 'é', 28],
  ['three bytes', '€', '€', 29],
  ['four bytes, two UTF-16 units', '😀', '😀', 30],
  ['a lone high surrogate', '\ud83d', '\ufffd', 29],
  ['a lone low surrogate', '\ude00', '\ufffd', 29],
  ['surrogates in the wrong order', '\ude00\ud83d', '\ufffd\ufffd', 32],
  ['what JSON escapes counts unescaped', '"\n\u0000', '"\n\u0000', 29],
  ['nothing', '', '', 26],
])('%s', (_, text, line, bytes) => {
  const event = logEvent(NOW_MS, text, 3);
  expect(JSON.parse(event.encoded.toString())).toEqual({ timestamp: NOW_MS, message: line });
  expect(event.bytes).toBe(bytes);
});

test.each([
  [0, 0],
  [1, 1],
  [0.9, 0],
  [1.999, 1],
  [NOW_MS + 0.5, NOW_MS],
  [-0, 0],
  [-0.5, 0],
  [-1, 0],
  [-NOW_MS, 0],
])('the time %d becomes %d', (timeMs, timestamp) => {
  const event = logEvent(timeMs, '', 0);
  expect([event.timestamp, event.encoded.toString()]).toEqual([
    timestamp,
    `{"timestamp":${timestamp},"message":""}`,
  ]);
});
