import * as fc from 'fast-check';
import { ansiSpans, withoutAnsi } from '../../../local/viewer/client/logs/ansi.js';

const ESC = '\u001b';

describe('spans', () => {
  test('of a text without sequences are the text', () => {
    expect(ansiSpans('plain')).toEqual([{ text: 'plain', classes: [] }]);
  });

  test.each([
    [`${ESC}[31mred${ESC}[0m plain`, [['red', 'ansi-1'], ['plain']]],
    [
      `${ESC}[1;31mbold red${ESC}[22mred`,
      [
        ['bold red', 'ansi-1 bold'],
        ['red', 'ansi-1'],
      ],
    ],
    [
      `${ESC}[91;44mbright${ESC}[39mon blue${ESC}[49mplain`,
      [['bright', 'ansi-9 ansi-on-4'], ['on blue', 'ansi-on-4'], ['plain']],
    ],
    [`${ESC}[4;3;9;7mall${ESC}[24;23;29;27mnone`, [['all', 'underline italic strike inverse'], ['none']]],
    [`${ESC}[32mgreen${ESC}[mplain`, [['green', 'ansi-2'], ['plain']]],
    [`${ESC}[38;5;9mof 256`, [['of 256', 'ansi-9']]],
    [`${ESC}[38;2;1;2mtoo few`, [['too few']]],
  ])('of %j', (text, expected) => {
    expect(ansiSpans(text).map((span) => [span.text.trim(), span.classes.join(' ')].filter(Boolean))).toEqual(
      expected,
    );
  });

  test.each([
    ['38;5;196', 'rgb(255 0 0)'],
    ['38;5;16', 'rgb(0 0 0)'],
    ['38;5;255', 'rgb(238 238 238)'],
    ['38;2;10;20;30', 'rgb(10 20 30)'],
    ['48;5;1;38;2;10;20;30', 'rgb(10 20 30)'],
  ])('have a colour beyond sixteen: %s', (parameters, colour) => {
    expect(ansiSpans(`${ESC}[${parameters}mx`)).toEqual([{ text: 'x', classes: [], colour }]);
  });

  test('have no other sequences of terminals', () => {
    const text = `${ESC}[2J${ESC}]0;title\u0007${ESC}]8;;https://example.com${ESC}\\link${ESC}]8;;${ESC}\\${ESC}[?25l.`;

    expect(withoutAnsi(text)).toBe('link.');
    expect(
      ansiSpans(text)
        .map((span) => span.text)
        .join(''),
    ).toBe('link.');
  });

  test('have all other characters, whatever the text', () => {
    const pieces = fc.oneof(
      fc.string(),
      fc.constantFrom(ESC, `${ESC}[`, '31', ';', 'm', `${ESC}[0m`, `${ESC}]`),
    );
    fc.assert(
      fc.property(fc.array(pieces), (texts) => {
        const text = texts.join('');

        expect(
          ansiSpans(text)
            .map((span) => span.text)
            .join(''),
        ).toBe(withoutAnsi(text));
        expect(withoutAnsi(text)).not.toContain(ESC);
      }),
    );
  });
});
