import { FILTERS, SINKS } from '../../contract/built-in.js';
import { filePath, sectionNames, sections } from '../../contract/sections.js';

/** Sections under a key of the settings file, by their key there. */
function sectionsUnder(key: string): object {
  const paths = sectionNames.map((name) => ({ name, path: filePath(sections[name]) }));
  return Object.fromEntries(
    paths.filter(({ path }) => path[0] === key).map(({ name, path }) => [path[1], name]),
  );
}

test.each([
  ['sink', SINKS, 'sink_config'],
  ['filter', FILTERS, 'filter_config'],
])('every section of a %s is that of a built-in one, whose name files use', (_, names, key) => {
  expect(names).toEqual(sectionsUnder(key));
});
