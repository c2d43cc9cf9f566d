import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  type IConfigFile,
  type IExtractorMessagesConfig,
} from '@microsoft/api-extractor';
import { type ApiEntryPoint, ApiPackage } from '@microsoft/api-extractor-model';
import { entryPoints, type EntryPoint } from '../../build/entry-points.js';

/** The public surface of one entry point, as its declarations in `dist` have it. */
export interface ExtractedApi {
  /** The path that is imported: `fapilog-cloudwatch/pino`. */
  readonly specifier: string;
  /** In the form of API Extractor's reports. */
  readonly report: string;
  readonly model: ApiEntryPoint;
  /** Types that its signatures name and that it does not export. */
  readonly unexported: readonly string[];
}

const PACKAGE = 'fapilog-cloudwatch';

const UNEXPORTED = 'ae-forgotten-export';

/**
 * A report says by itself which members lack a comment. What it warns of stands there with numbers of lines, so that each new
 * comment would change it. Comments are written for editors, which look up the name of a link where the comment stands.
 */
const messages: IExtractorMessagesConfig = {
  compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
  extractorMessageReporting: {
    default: { logLevel: ExtractorLogLevel.None },
    [UNEXPORTED]: { logLevel: ExtractorLogLevel.Warning },
  },
  tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
};

/** @throws Error if a declaration does not compile */
export function extractApis(root: string): ExtractedApi[] {
  const folder = mkdtempSync(join(tmpdir(), 'fapilog-api-'));
  try {
    const points = entryPoints(root);
    const configs = points.map((point) => configOf(root, folder, point));
    // The types of aws-cdk-lib are 44 MB: they are read once for all.
    const compilerState = CompilerState.create(configs[0]!, {
      additionalEntryPoints: configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
    });
    return points.map((point, index) => extract(point, configs[index]!, compilerState));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function extract({ name }: EntryPoint, config: ExtractorConfig, compilerState: CompilerState): ExtractedApi {
  const errors: string[] = [];
  const unexported = new Set<string>();
  const messageCallback = (message: ExtractorMessage): void => {
    message.handled = true;
    const { logLevel, messageId, text } = message;
    if (logLevel === ExtractorLogLevel.Error) errors.push(message.formatMessageWithLocation(undefined));
    if (messageId === UNEXPORTED) unexported.add(/"([^"]+)"/.exec(text)![1]!);
  };
  Extractor.invoke(config, { localBuild: true, compilerState, messageCallback });
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return {
    specifier: `${PACKAGE}${name.slice(1)}`,
    report: readFileSync(config.reportFilePath, 'utf8'),
    model: ApiPackage.loadFromJsonFile(config.apiJsonFilePath).entryPoints[0]!,
    unexported: [...unexported].toSorted(),
  };
}

function configOf(root: string, folder: string, { name, source }: EntryPoint): ExtractorConfig {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  const declarations = join(root, 'dist/esm', source.replace(/\.ts$/, '.d.ts'));
  const configObject: IConfigFile = {
    projectFolder: root,
    mainEntryPointFilePath: declarations,
    compiler: { overrideTsconfig: { compilerOptions: COMPILER_OPTIONS, files: [declarations] } },
    newlineKind: 'lf',
    apiReport: {
      enabled: true,
      reportFileName: 'report',
      reportFolder: own,
      reportTempFolder: join(own, 'new'),
    },
    docModel: { enabled: true, apiJsonFilePath: join(own, 'model.api.json') },
    tsdocMetadata: { enabled: false },
    messages,
  };
  return ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: join(root, 'api-extractor.json'),
    packageJsonFullPath: join(root, 'package.json'),
  });
}

const COMPILER_OPTIONS = {
  lib: ['es2023'],
  module: 'nodenext',
  skipLibCheck: true,
  strict: true,
  target: 'es2022',
  types: ['node'],
};
