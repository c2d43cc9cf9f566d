import { Progress } from '../../../cli/terminal/progress.js';

function written(isTTY: boolean, use: (progress: Progress) => void): string {
  let text = '';
  use(new Progress({ isTTY, write: (more: string) => (text += more) }));
  return text;
}

test('a line is written over, and gone before anything else is written', () => {
  const text = written(true, (progress) => {
    progress.show('one');
    progress.show('two');
    progress.clear();
    progress.clear();
  });

  expect(text).toBe('\r\u001b[Kone\r\u001b[Ktwo\r\u001b[K');
});

test('elsewhere than on a terminal nothing is written', () => {
  expect(
    written(false, (progress) => {
      progress.show('one');
      progress.clear();
    }),
  ).toBe('');
});
