import { strangers } from '../../../tools/release/tarball.js';

test('a file of the package that is neither built nor kept by git is found', () => {
  const files = ['package.json', 'dist/cjs/index.js', 'docs/settings.md', 'examples/app/.env'];

  expect(strangers(files, ['package.json', 'docs/settings.md'])).toEqual(['examples/app/.env']);
});
