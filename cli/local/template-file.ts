import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isMap } from '../../local/api/json.js';
import { Failure } from '../failure.js';
import type { Place } from './caller.js';

type Json = Readonly<Record<string, unknown>>;

/** The synthesized template of one stack. */
export interface TemplateFile extends Place {
  readonly path: string;
  readonly stackName: string;
  readonly template: Json;
}

const ENDING = '.template.json';
const SYNTHESIZE = '`npx cdk synth` writes templates to cdk.out';

/**
 * Reads a template, or the only one of a folder.
 *
 * @throws Failure if there is none, if there are several, or if it is no template
 */
export function readTemplateFile(path: string): TemplateFile {
  const file = isFolder(path) ? onlyTemplate(path) : path;
  const template = parsed(file);
  if (!isMap(template) || !isMap(template['Resources']))
    throw new Failure(`${file} is no CloudFormation template: it has no Resources.`);
  return {
    path: file,
    stackName: basename(file).replace(/\.template\.json$|\.json$/, ''),
    template,
    ...placeOf(file),
  };
}

function isFolder(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new Failure(`There is no ${path}; ${othersBeside(path)}.`);
  return stats.isDirectory();
}

/** The templates where one was looked for, else the command that writes some. */
function othersBeside(path: string): string {
  const folder = dirname(path);
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const others = isThere ? templatesIn(folder) : [];
  return others.length === 0 ? SYNTHESIZE : `there is ${others.join(', ')}`;
}

function onlyTemplate(folder: string): string {
  const paths = templatesIn(folder);
  const [only, ...others] = paths;
  if (only === undefined) throw new Failure(`${folder} has no template, no *${ENDING}; ${SYNTHESIZE}.`);
  if (others.length === 0) return only;
  const lines = paths.map((path) => `  --stack ${path}`);
  throw new Failure(`${folder} has several templates; name one:\n${lines.join('\n')}`);
}

/** Templates of a folder, and of the stages in it. Nested stacks are parts of others. */
function templatesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('assembly-') ? templatesIn(path) : [];
      return entry.name.endsWith(ENDING) && !entry.name.endsWith(`.nested${ENDING}`) ? [path] : [];
    })
    .toSorted();
}

function parsed(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Failure(`${path} is no JSON; ${SYNTHESIZE}.`);
  }
}

/** Account and Region of the stack, as the manifest beside its template has them: `aws://123456789012/eu-central-1`. */
function placeOf(path: string): Place {
  const artifact = artifactsBeside(path).find(
    ({ properties }) => isMap(properties) && properties['templateFile'] === basename(path),
  );
  const [, accountId, region] = /^aws:\/\/([^/]*)\/(.*)$/.exec(String(artifact?.['environment'])) ?? [];
  return {
    accountId: /^\d{12}$/.test(accountId ?? '') ? accountId : undefined,
    region: region === 'unknown-region' ? undefined : region,
  };
}

function artifactsBeside(path: string): Json[] {
  try {
    const manifest = JSON.parse(readFileSync(join(dirname(path), 'manifest.json'), 'utf8')) as unknown;
    const artifacts = isMap(manifest) && isMap(manifest['artifacts']) ? manifest['artifacts'] : {};
    return Object.values(artifacts).filter(isMap);
  } catch {
    return [];
  }
}
