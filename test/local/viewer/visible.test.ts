import { visible } from '../../../local/viewer/client/visible.js';

describe('a text', () => {
  test.each([
    ['a\nb\r\n', 'kept', 'a\nb␍\n'],
    ['a\nb', 'shown', 'a ⏎ b'],
    ['\u0000\u0007\t\u007f', 'kept', '␀␇\t␡'],
    ['\u202egnp.exe', 'kept', 'U+202Egnp.exe'],
    ['\u2066\u200b\ufeff\u0085', 'kept', 'U+2066U+200BU+FEFFU+0085'],
    ['a\u00adb\u061c\u206a', 'kept', 'aU+00ADbU+061CU+206A'],
    ['\u{e0041}\u001b[m', 'kept', 'U+E0041␛[m'],
    ['größe 😀 👨\u200d👩 न\u200c', 'shown', 'größe 😀 👨\u200d👩 न\u200c'],
  ] as const)('%j shows what cannot be seen, with line breaks %s', (text, breaks, expected) => {
    expect(visible(text, breaks)).toBe(expected);
  });
});
