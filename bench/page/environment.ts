import { readFileSync } from 'node:fs';
import { arch, cpus, totalmem, type } from 'node:os';
import { OTHER_NODES } from '../measure/node-versions.js';
import { projectPath } from '../paths.js';
import type { Table } from './table.js';

const PACKAGES = [
  '@aws-lambda-powertools/logger',
  'pino-lambda',
  'pino',
  'winston',
  'winston-cloudwatch',
  'winston-aws-cloudwatch',
  '@logtape/logtape',
  '@logtape/cloudwatch-logs',
  '@serdnam/pino-cloudwatch-transport',
  '@aws-sdk/client-cloudwatch-logs',
];

/** Describes the machine and versions behind the figures. */
export function environmentTable(): Table {
  const [cpu] = cpus();
  return {
    title: 'Machine and versions',
    how: 'The endpoint and the contestant share the cores.',
    isText: true,
    head: ['what', 'which'],
    rows: [
      [
        'machine',
        `${cpu?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
      ],
      ['system', `${type()}, ${arch()}`],
      [
        'Node.js',
        `${process.version}; other versions ${OTHER_NODES.map((version) => `v${version}`).join(', ')}`,
      ],
      ['fapilog-cloudwatch', versionIn('package.json')],
      [
        '@aws-sdk/client-cloudwatch-logs of fapilog-cloudwatch',
        versionOf('@aws-sdk/client-cloudwatch-logs', ''),
      ],
      ...PACKAGES.map((name) => [name, versionOf(name, 'bench/')]),
      ['aws-cdk-lib', versionOf('aws-cdk-lib', '')],
      ['esbuild', versionOf('esbuild', '')],
    ],
  };
}

function versionOf(name: string, folder: string): string {
  return versionIn(`${folder}node_modules/${name}/package.json`);
}

function versionIn(path: string): string {
  return (JSON.parse(readFileSync(projectPath(path), 'utf8')) as { version: string }).version;
}
