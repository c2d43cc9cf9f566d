import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GeneratedDocument } from '../../tools/docs/generated-documents.js';
import { root } from '../support/imports.js';

const REPORTS = 'docs/api';

/** Every member of a report that has no comment, with the export that it belongs to. */
function undocumentedIn(report: string): string[] {
  const lines = report.split('\n');
  let owner = '';
  return lines.flatMap((line, index) => {
    owner = /^export .*?(?:class|interface|function|type|const|enum) (\w+)/.exec(line)?.[1] ?? owner;
    if (!line.includes('(undocumented)')) return [];
    const subject = lines[index + 1]!.trim();
    return subject.startsWith('export')
      ? [/(?:interface|function|type|const|class) (\w+)/.exec(subject)![1]!]
      : [owner];
  });
}

function unexportedIn(report: string): string[] {
  const list = /^Named here and not exported: (.*)\.$/m.exec(report)?.[1] ?? '';
  return [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
}

function reports(): string[] {
  return readdirSync(join(root, REPORTS)).map((name) => readFileSync(join(root, REPORTS, name), 'utf8'));
}

/** In a process of its own: it reads the types of aws-cdk-lib, and their memory is free again afterwards. */
function apiDocuments(): GeneratedDocument[] {
  const module = pathToFileURL(join(root, 'dist/build/tools/docs/api/api-documents.js')).href;
  const program = `import { apiDocuments } from '${module}'; process.stdout.write(JSON.stringify(apiDocuments(${JSON.stringify(root)})));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(output) as GeneratedDocument[];
}

test('the reports of the public surface, and the page made of it, are those of what is built; if not, run: npm run docs', () => {
  const documents = apiDocuments();

  for (const { path, content } of documents) expect(readFileSync(join(root, path), 'utf8')).toBe(content);
  const paths = documents.map(({ path }) => path).filter((path) => path !== 'docs/api.md');
  expect(readdirSync(join(root, REPORTS)).map((name) => `${REPORTS}/${name}`)).toEqual(paths.toSorted());
}, 300_000);

/** Types that signatures name, although nobody outside has a use for the name, by the reason. */
const UNEXPORTED = {
  'lists that a type is made of: users write its words': [
    'BUFFER_LEVELS',
    'DELIVERIES',
    'METRIC_UNITS',
    'MINIMUM_LEVELS',
    'PINO_LEVELS',
    'READERS',
  ],
  'ways to write down what the settings table says; users name SettingsInput and Settings': [
    'CloudWatchValues',
    'SectionIn',
    'SectionName',
    'Values',
    'ValuesOf',
  ],
  'what members and constructors take that only this package calls': [
    'CheckedName',
    'DocumentSettings',
    'GivenRecord',
    'LeftOut',
    'LoggerState',
    'Pipeline',
    'Places',
    'Redacted',
  ],
  'what two exported types share': ['AsyncClosable', 'CloudWatchLoggingBase', 'Definition'],
  'parts of the types of other libraries, and of their callbacks': [
    'Answer',
    'Callback',
    'Done',
    'Info',
    'MethodName',
    'SpanContext',
    'Transport',
  ],
  'inputs of calls of the service, which a client of the AWS SDK takes': [
    'Json',
    'NewLogGroup',
    'NewMetricFilter',
    'NewQueryDefinition',
  ],
  'boolean | WorkerOptions': ['WorkerChoice'],
};

test('each type that a signature names is exported as well', () => {
  expect([...new Set(reports().flatMap(unexportedIn))].toSorted()).toEqual(
    Object.values(UNEXPORTED).flat().toSorted(),
  );
});

/** Types whose members are those of another library or of the service, where their meaning stands. */
const EXPLAINED_ELSEWHERE = [
  'CloudWatchStream',
  'CloudWatchTransport',
  'FastifyLike',
  'FastifyRequestLike',
  'HonoContext',
  'KoaContext',
  'LogGroupClient',
  'LogTapeRecord',
  'MiddlewareRequest',
  'OtelExportResult',
  'OtelLogRecord',
  'OtelResource',
  'OtelScope',
  'PinoStream',
  'Simulation',
  'SimulationAnswer',
];

test('each export and each of its members says what it means', () => {
  expect([...new Set(reports().flatMap(undocumentedIn))].toSorted()).toEqual(EXPLAINED_ELSEWHERE);
});

test('what says nothing, and what is named only, is found in a report', () => {
  const report = [
    'export interface Given {',
    '    // (undocumented)',
    '    readonly name: string;',
    '}',
    '// @public (undocumented)',
    'export type Silent = string;',
    '',
    'Named here and not exported: `Hidden`, `Other`.',
  ].join('\n');

  expect(undocumentedIn(report)).toEqual(['Given', 'Silent']);
  expect(unexportedIn(report)).toEqual(['Hidden', 'Other']);
});
