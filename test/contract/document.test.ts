import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GivenSettings } from '../../contract/codec.js';
import { settingsDocument } from '../../contract/document.js';
import { readSettingsFile } from '../../runtime/settings/file.js';
import { givenSettings } from '../support/setting-values.js';

const folder = mkdtempSync(join(tmpdir(), 'fapilog-document-'));
const file = join(folder, 'settings.json');

afterAll(() => rmSync(folder, { recursive: true }));

test('reading the JSON of a document gives the settings that it was made of', () => {
  fc.assert(
    fc.property(givenSettings(), (settings) => {
      writeFileSync(file, JSON.stringify(settingsDocument(settings)));

      const said = Object.entries(settings).filter(([, values]) => Object.keys(values).length > 0);
      expect(readSettingsFile(file)).toMatchObject({
        settings: Object.fromEntries(said),
        foreign: { sinkConfig: {}, filterConfig: {} },
        problems: [],
      });
    }),
  );
});

test('a document has the sections and keys of a file', () => {
  const settings: GivenSettings = {
    core: { sinks: ['cloudwatch'], logLevel: 'warn' },
    app: { service: 'api' },
    cloudwatch: { logGroupName: '/myapp/production', batchTimeoutSeconds: 0.5, createLogGroup: false },
    stdoutJson: { level: 'error' },
    rateLimit: { keyField: 'user.id' },
    redaction: { enabled: true },
  };

  expect(settingsDocument(settings)).toEqual({
    core: { sinks: ['cloudwatch'], log_level: 'warn' },
    app: { service: 'api' },
    sink_config: {
      cloudwatch: {
        log_group_name: '/myapp/production',
        batch_timeout_seconds: 0.5,
        create_log_group: false,
      },
      stdout_json: { level: 'error' },
    },
    filter_config: { rate_limit: { key_field: 'user.id' } },
    redaction: { enabled: true },
  });
});

test('a document has nothing of what is not given', () => {
  expect(settingsDocument({})).toEqual({});
  expect(settingsDocument({ core: {}, cloudwatch: { batchSize: undefined } })).toEqual({});
});

test('a document leaves a token as it is', () => {
  const token = { resolve: () => 'later' };
  const settings = { cloudwatch: { logGroupName: token } } as unknown as GivenSettings;

  expect(settingsDocument(settings)).toStrictEqual({
    sink_config: { cloudwatch: { log_group_name: token } },
  });
});
