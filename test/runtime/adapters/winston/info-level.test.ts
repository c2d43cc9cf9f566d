import winston from 'winston';
import { CloudWatchTransport } from '../../../../runtime/adapters/winston.js';
import { levelOf } from '../../../../runtime/adapters/winston/info-level.js';
import { memoryLogger } from '../../../support/memory-sink.js';

const { npm, syslog, cli } = winston.config;

/** Our level and the field `severity` for each level of a table. */
function levelsOf(levels: Readonly<Record<string, number>>): Record<string, unknown> {
  const { logger, sink } = memoryLogger();
  const names = Object.keys(levels);
  const transports = [new CloudWatchTransport({ logger })];
  const log = winston.createLogger({ levels, level: names.at(-1)!, transports });
  for (const name of names) log.log(name, 'x');
  return Object.fromEntries(
    sink.logged.map(({ level, severity }, at) => [
      names[at],
      severity === undefined ? level : [level, severity],
    ]),
  );
}

test('levels of npm, syslog and the command line keep their names', () => {
  expect(levelsOf(npm.levels)).toEqual({
    error: 'error',
    warn: 'warn',
    info: 'info',
    http: ['debug', 'http'],
    verbose: ['debug', 'verbose'],
    debug: 'debug',
    silly: ['trace', 'silly'],
  });
  expect(levelsOf(syslog.levels)).toMatchObject({
    emerg: ['fatal', 'emerg'],
    error: 'error',
    warning: 'warn',
    notice: ['info', 'notice'],
  });
  expect(levelsOf(cli.levels)).toMatchObject({
    help: ['info', 'help'],
    data: ['info', 'data'],
    prompt: ['debug', 'prompt'],
  });
});

describe('a level of the application’s own', () => {
  test('counts as the next less severe one that is known', () => {
    expect(levelsOf({ error: 0, audit: 1, warn: 2, trail: 3, info: 4, noise: 5 })).toMatchObject({
      audit: ['warn', 'audit'],
      trail: ['info', 'trail'],
      noise: ['info', 'noise'],
    });
  });

  test('has its place among error to debug where none is known', () => {
    const table = { foo: 0, bar: 1, baz: 2, foobar: 3 };

    expect(Object.keys(table).map((name) => levelOf(name, table))).toEqual([
      'error',
      'warn',
      'info',
      'debug',
    ]);
    expect(levelOf('one', { one: 0 })).toBe('error');
    expect(levelOf('elsewhere', table)).toBe('info');
  });
});

test('colours, case and padding of a format are no part of the level, another word is a field', () => {
  const { combine, colorize } = winston.format;
  const { logger, sink } = memoryLogger();
  const say = (format: winston.Logform.Format): void => {
    winston.createLogger({ format, transports: [new CloudWatchTransport({ logger })] }).warn('x');
  };
  const named = (level: string) => winston.format((info) => ({ ...info, level }))();
  say(combine(colorize(), named(' WARN ')));
  say(colorize({ level: true }));
  say(named('urgent'));

  expect(sink.logged.map(({ level, _level }) => [level, _level])).toEqual([
    ['warn', undefined],
    ['warn', undefined],
    ['warn', 'urgent'],
  ]);
});
