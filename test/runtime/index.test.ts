import * as published from '../../runtime/index.js';

test('the package publishes these values and no others', () => {
  expect(Object.keys(published).toSorted()).toEqual([
    'CloudWatchSink',
    'DIAGNOSTICS_CHANNEL',
    'LEVELS',
    'Logger',
    'PluginError',
    'Settings',
    'SettingsError',
    'formatLine',
    'getLogger',
    'isBalanced',
    'registerFilter',
    'registerSink',
    'withContext',
  ]);
});
