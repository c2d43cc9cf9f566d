import { variableName } from '../../contract/codec.js';
import { sectionNames, sections, type Section, type SectionName } from '../../contract/sections.js';
import { isOwned } from '../../lib/define/cloud-watch-sink-settings.js';

const HEAD = `/* Written by \`npm run docs\` from the rows of the settings. Change those instead. */
import type { RoutingRule } from './settings/routing.js';
`;

/**
 * `contract/inputs.generated.ts`: an interface for each section. Types computed from the rows would do for the compiler;
 * an editor shows the meaning of an option only where an interface says it.
 */
export function inputInterfaces(): string {
  return [HEAD, ...sectionNames.flatMap(sectionInterfaces), ...wholeInterfaces()].join('\n');
}

function sectionInterfaces(name: SectionName): string[] {
  const section: Section = sections[name];
  const keys = Object.keys(section.rows);
  if (name !== 'cloudwatch') return [sectionInterface(inputName(name), section, keys)];
  const of = (base: string, meaning: string, isIts: (key: string) => boolean): string =>
    sectionInterface(base, { ...section, meaning }, keys.filter(isIts));
  return [
    of('CloudWatchCommonInput', COMMON, (key) => !isOwned(key) && key !== CLIENT),
    of('CloudWatchDeliveryInput extends CloudWatchCommonInput', DELIVERY, (key) => key === CLIENT),
    of('CloudWatchWriterInput', WRITER, isOwned),
    of(
      `${inputName(name)} extends CloudWatchDeliveryInput, CloudWatchWriterInput`,
      section.meaning,
      () => false,
    ),
  ];
}

/** In code, a sink takes a client for this setting, too. An editor shows no meaning for what `Omit` leaves of an interface. */
const CLIENT = 'client';

const COMMON = 'Settings of the sink `cloudwatch` that the construct and a sink take alike.';
const WRITER = 'Settings of the sink `cloudwatch` that follow from the log group or the writer role.';
const DELIVERY =
  'Settings of the sink `cloudwatch` that do not follow from the log group or the writer role.';

function sectionInterface(name: string, section: Section, keys: readonly string[]): string {
  return interfaceText(
    name,
    section.meaning,
    keys.map((key) => option(section, key)),
  );
}

const SINKS = 'Settings of sinks, by the name of the sink.';
const FILTERS = 'Settings of filters, by the name of the filter.';
const WHOLE = 'Settings in code; each one given here wins over its variable and over a document.';

/** The settings as code writes them, and the interface of each section by the section's name. */
function wholeInterfaces(): string[] {
  const keys = [...new Set(sectionNames.map((name) => sections[name].path[0]))];
  const byName = sectionNames.map((name) => `  readonly ${name}: ${inputName(name)};`);
  return [
    interfaceText('SinkConfigInput', SINKS, membersUnder('sinkConfig')),
    interfaceText('FilterConfigInput', FILTERS, membersUnder('filterConfig')),
    interfaceText('SettingsInput', WHOLE, keys.map(topMember)),
    interfaceText('SectionInputs', 'What code may pass for each section.', byName),
  ];
}

function topMember(key: string): string {
  if (key === 'sinkConfig') return member(key, 'SinkConfigInput', [SINKS]);
  if (key === 'filterConfig') return member(key, 'FilterConfigInput', [FILTERS]);
  return sectionMember(key as SectionName);
}

function membersUnder(key: string): string[] {
  const own = sectionNames.filter((name) => sections[name].path[0] === key);
  const about = comment(['Settings of a plugin, as its own schema wants them.']);
  return [...own.map(sectionMember), ...about, '  readonly [plugin: string]: unknown;'];
}

function sectionMember(name: SectionName): string {
  return member(name, inputName(name), [sections[name].meaning]);
}

function option(section: Section, key: string): string {
  const { kind, default: preset, otherwise, meaning } = section.rows[key]!;
  return member(key, kind.inputType, [
    meaning,
    `Allowed: ${kind.allowed}.\nVariable: \`${variableName(section, key)}\`.`,
    `@default ${preset === undefined ? `- ${otherwise}` : literal(preset)}`,
  ]);
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

function interfaceText(name: string, about: string, members: readonly string[]): string {
  const body = members.length === 0 ? '{}' : `{\n${members.join('\n')}\n}`;
  return `/** ${about} */\nexport interface ${name} ${body}\n`;
}

function member(name: string, type: string, about: readonly string[]): string {
  return [...comment(about), `  readonly ${name}?: ${type} | undefined;`].join('\n');
}

/** A doc comment of paragraphs, in two columns of indent. */
function comment(paragraphs: readonly string[]): string[] {
  const [only = '', ...others] = paragraphs;
  if (others.length === 0) return [`  /** ${only} */`];
  const lines = paragraphs.flatMap((paragraph) => ['', ...paragraph.split('\n').flatMap(wrapped)]).slice(1);
  return ['  /**', ...lines.map((line) => `   * ${line}`.trimEnd()), '   */'];
}

const WIDTH = 110;

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function inputName(name: SectionName): string {
  if (name === 'cloudwatch') return 'CloudWatchInput';
  return `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
}
