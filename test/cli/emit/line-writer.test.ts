import * as fc from 'fast-check';
import { PIECE_BYTES } from '../../../cli/emit/input.js';
import { MAX_LINE_UNITS, LineWriter } from '../../../cli/emit/line-writer.js';
import { lineReader } from '../../../runtime/adapters/lines/finished-lines.js';
import type { FinishedLine } from '../../../runtime/log-record.js';
import { Settings } from '../../../runtime/settings/settings.js';

interface Written {
  readonly writer: LineWriter;
  readonly lines: FinishedLine[];
  readonly texts: () => string[];
  readonly replacedCalls: () => number;
}

function writerFor(startPattern?: RegExp): Written {
  const lines: FinishedLine[] = [];
  let calls = 0;
  const writer = new LineWriter({
    reader: lineReader(new Settings({}, { env: {} }), true, () => undefined),
    textLevel: 'warn',
    startPattern,
    passes: ({ level }) => level !== 'debug',
    write: (line) => lines.push(line),
    onReplaced: () => calls++,
  });
  return { writer, lines, texts: () => lines.map(({ line }) => line), replacedCalls: () => calls };
}

function written(input: string | Uint8Array, startPattern?: RegExp): Written {
  const made = writerFor(startPattern);
  made.writer.take(Buffer.from(input as string));
  made.writer.endInput();
  return made;
}

test('each line of text is an event as it stands, wherever the input is cut', () => {
  const text = fc.array(fc.string({ unit: 'grapheme' }).map((each) => each.replaceAll(/[\r\n{=:]/g, ' ')));
  fc.assert(
    fc.property(text, fc.nat(), (texts, cut) => {
      const { writer, texts: stored } = writerFor();
      const bytes = Buffer.from(texts.map((each) => `${each}\n`).join(''));
      const at = cut % (bytes.length + 1);
      writer.take(bytes.subarray(0, at));
      writer.take(bytes.subarray(at));
      writer.endInput();
      expect(stored()).toEqual(texts.filter((each) => each !== ''));
      expect(writer.read).toMatchObject({ bytes: bytes.length, lines: texts.length, replaced: 0 });
      expect(writer.read.blank).toBe(texts.filter((each) => each === '').length);
    }),
  );
});

test('CRLF ends a line, NUL and a missing last line break are kept apart from nothing', () => {
  const { texts, writer } = written('one\r\n\r\na\0b\nlast');
  expect(texts()).toEqual(['one', 'a\0b', 'last']);
  expect(writer.read).toMatchObject({ lines: 4, blank: 1 });
});

test('time and level of a line of JSON are recognized, and its bytes kept; other lines have the level that is given', () => {
  const { lines } = written('{"level":50,"time":1768478400000, "msg":"x"}\n{"half\nplain\n');
  expect(lines[0]).toEqual({
    timeMs: 1_768_478_400_000,
    level: 'error',
    line: '{"level":"error","time":1768478400000, "msg":"x"}',
  });
  expect(lines.slice(1).map(({ level, line }) => [level, line])).toEqual([
    ['warn', '{"half'],
    ['warn', 'plain'],
  ]);
});

test('secrets in lines of text and of JSON are hidden', () => {
  const { texts } = written(
    'GET https://ann:hunter2@example.com/\n{"url":"https://ann:hunter2@example.com/"}\n',
  );
  expect(texts()).toHaveLength(2);
  expect(texts().join('')).not.toContain('hunter2');
});

test('bytes that are no UTF-8 are found in a line of many pieces, and in no line behind it', () => {
  const { texts, writer, replacedCalls } = writerFor();
  writer.take(Buffer.from([0x61, 0xff]));
  for (const piece of ['b', 'c', 'd\n', '\ufffd\n']) writer.take(Buffer.from(piece));
  writer.endInput();
  expect(texts()).toEqual(['a\ufffdbcd', '\ufffd']);
  expect(writer.read.replaced).toBe(1);
  expect(replacedCalls()).toBe(1);
});

test('lines with bytes that are no UTF-8 are counted, and reported once', () => {
  const input = Buffer.concat([
    Buffer.from('a'),
    Buffer.from([0xff]),
    Buffer.from('\nb\nc'),
    Buffer.from([0xc3]),
  ]);
  const { texts, writer, replacedCalls } = written(input);
  expect(texts()).toEqual(['a\ufffd', 'b', 'c\ufffd']);
  expect(writer.read.replaced).toBe(2);
  expect(replacedCalls()).toBe(1);
});

test('events whose level does not pass are counted, and not written', () => {
  const { texts, writer } = written('{"level":"debug"}\ntext\n');
  expect(texts()).toEqual(['text']);
  expect(writer.read).toMatchObject({ lines: 2, below: 1 });
});

test('the character that takes the place of others is no damage by itself', () => {
  expect(written('a\ufffd\n').writer.read.replaced).toBe(0);
});

test('a line that is too long is cut, and none of it is lost', () => {
  const { writer, texts } = writerFor();
  for (let units = 0; units <= MAX_LINE_UNITS; units += PIECE_BYTES)
    writer.take(Buffer.alloc(PIECE_BYTES, 'x'));
  writer.endInput();
  expect(texts().map(({ length }) => length)).toEqual([MAX_LINE_UNITS, PIECE_BYTES]);
});

test('a pattern joins lines; a text that is JSON as a whole is read as such', () => {
  const { lines, writer } = written('{"level":"error",\n\n "msg":"x"}\n{ broken\n', /^\{/);
  expect(lines.map(({ level, line }) => [level, line])).toEqual([
    ['error', '{"level":"error",\n\n "msg":"x"}'],
    ['warn', '{ broken'],
  ]);
  expect(writer.read).toMatchObject({ lines: 4, blank: 0 });
});

test('an event waits for further lines until it is ended', () => {
  const { writer, texts } = writerFor(/^A/);
  writer.take(Buffer.from('A\n b\n'));
  expect([writer.isHolding, texts()]).toEqual([true, []]);
  writer.endEvent();
  expect([writer.isHolding, texts()]).toEqual([false, ['A\n b']]);
});
