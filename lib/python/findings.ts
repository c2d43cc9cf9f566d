import type { GivenSettings } from '../../contract/codec.js';
import { shown } from '../../contract/problems.js';
import { pythonHarm } from '../../contract/python-harm.js';
import { sectionNames, sections, type Section, type SectionName } from '../../contract/sections.js';
import type { Reader } from '../reader.js';
import { isUnresolved } from '../tokens.js';

/** A setting that does something else in Python's fapilog than it says. */
export interface PythonFinding {
  /** Name of the option, such as `spoolDir` or `sampling.keyField`: the end of the warning's id. */
  readonly name: string;
  readonly text: string;
}

/** What a setting does to Python programs with the variables that the construct writes, as the end of a sentence; `undefined` for no harm. */
type Judge = (value: any, isShared: boolean, settings: GivenSettings) => string | undefined;

const none: Judge = () => undefined;

const BY_ITSELF = 'bind Python programs by themselves, with readers: ["python"]';

/** Settings whose variables differ from those that Node.js alone would get, or whose harm depends on others. */
const judges: Readonly<Record<string, Judge>> = {
  'core.filters': none,
  'core.logLevel': (level, isShared) =>
    level === 'trace' && isShared
      ? `which is written as DEBUG, the lowest level of Python's fapilog, so that Node.js logs no trace either; ${BY_ITSELF}`
      : undefined,
  'cloudwatch.logStreamPrefix': none,
  'cloudwatch.installSignalHandlers': none,
  'cloudwatch.createLogStream': (isCreated, _, { cloudwatch = {} }) =>
    isCreated === false && cloudwatch.logStreamName === undefined
      ? "with which Python's fapilog has no log stream and loses every line; name one that exists with settings.logStreamName"
      : undefined,
  'cloudwatch.roleArn': () =>
    "which Python's fapilog does not assume, so that the other account denies its calls; let its AWS profile assume the role, " +
    'with role_arn in the file that AWS_CONFIG_FILE names',
  'sampling.rate': (rate, isShared) =>
    isShared && rate !== 1
      ? `which applies to errors as well in Python's fapilog; ${BY_ITSELF}: then errors always pass`
      : undefined,
  'sampling.alwaysLevel': (_, isShared) =>
    isShared ? `which Python's fapilog ignores: it samples every level; ${BY_ITSELF}` : undefined,
  'sampling.keyField': () =>
    "which Python's fapilog ignores: it decides for each record by itself; leave it out, or acknowledge this",
  'rateLimit.windowSeconds': none,
  'redaction.enabled': none,
  'redaction.paths': none,
  'redaction.keys': none,
  'redaction.patterns': (patterns: readonly string[]) =>
    patterns.length > 0
      ? "which Python's fapilog does not find and sends in clear, so that only a data protection policy of the log group masks them; " +
        'name the fields that hold them, with Sensitive.field(…) or Sensitive.key(…)'
      : undefined,
};

/** Options of the construct by section; others have the name of the section. */
const OPTIONS: Readonly<Partial<Record<SectionName, string>>> = {
  core: '',
  app: '',
  cloudwatch: 'settings.',
  stdoutJson: 'settings.',
};

/** Settings that Python's fapilog ignores, refuses or misunderstands, and the user loses something by that. */
export function pythonFindings(settings: GivenSettings, readers: readonly Reader[]): PythonFinding[] {
  if (!readers.includes('python')) return [];
  const isShared = readers.includes('nodejs');
  return sectionNames.flatMap((section) =>
    Object.entries(settings[section] ?? {}).flatMap(([key, value]) => {
      const judge = judges[`${section}.${key}`];
      const harm = judge ? judge(value, isShared, settings) : harmInGeneral(section, key, value, settings);
      if (value === undefined || harm === undefined) return [];
      return [finding(section, key, value, harm)];
    }),
  );
}

/** A value that only the deployment knows is harmful if every value is. */
function harmInGeneral(
  name: SectionName,
  key: string,
  value: unknown,
  settings: GivenSettings,
): string | undefined {
  const section: Section = sections[name];
  if (isUnresolved(value) && section.rows[key]!.python.isHarmful) return undefined;
  const harm = pythonHarm(section, key, value, settings[name]);
  return harm && `and Python's fapilog ${harm}; leave it out for Python programs, or acknowledge this`;
}

function finding(section: SectionName, key: string, value: unknown, harm: string): PythonFinding {
  if (section === 'redaction') return { name: 'sensitive', text: `sensitive hides ${shown(value)}, ${harm}` };
  const option = `${OPTIONS[section] ?? `${section}.`}${key}`;
  const given = isUnresolved(value) ? 'set' : shown(value);
  return { name: option.replace(/^settings\./, ''), text: `${option} is ${given}, ${harm}` };
}
