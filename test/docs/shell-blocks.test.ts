import { Command, CommanderError } from 'commander';
import { doctorCommand } from '../../cli/commands/doctor.js';
import { emitCommand } from '../../cli/commands/emit.js';
import { envCommand } from '../../cli/commands/env.js';
import { localCommand } from '../../cli/commands/local.js';
import { planCommand } from '../../cli/commands/plan.js';
import { queryCommand } from '../../cli/commands/query.js';
import { tailCommand } from '../../cli/commands/tail.js';
import { blocks } from '../support/document-blocks.js';
import { ownArguments, type Shelled, shelled } from './blocks/shell.js';

const commands = [
  localCommand,
  tailCommand,
  queryCommand,
  emitCommand,
  doctorCommand,
  envCommand,
  planCommand,
];

const shellBlocks = blocks()
  .filter(({ language }) => language === 'sh' || language === 'bash')
  .map((block) => ({ ...block, read: shelled(block) }));

/** What the command line says against these arguments. It reads all options, and does nothing. */
function complaint(args: readonly string[]): string {
  const program = new Command('fapilog-cloudwatch').enablePositionalOptions().exitOverride();
  program.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  for (const make of commands)
    program.addCommand(
      make()
        .copyInheritedSettings(program)
        .action(() => undefined),
    );
  try {
    program.parse(args, { from: 'user' });
    return '';
  } catch (error) {
    const isHelp = error instanceof CommanderError && error.exitCode === 0;
    return isHelp ? '' : `${args.join(' ')}: ${String(error)}`;
  }
}

/** What a shell and our command line say against a block. */
function complaints({ calls, stderr }: Shelled): string[] {
  const own = calls.flatMap((call) => [ownArguments(call)].filter((args) => args !== undefined));
  return [stderr, ...own.map(complaint)].filter((text) => text !== '');
}

test.each(shellBlocks.map(({ page, title, read }) => [page, title, read] as const))(
  '%s, %s: a shell reads the block, and our commands know their options',
  (_page, _title, read) => {
    expect(complaints(read)).toEqual([]);
  },
);

/** zsh, the shell of macOS, takes a comment that is typed or pasted for arguments, and its apostrophe for a quote. */
test('no block for a shell has a comment', () => {
  const commented = shellBlocks.filter(({ code }) => /(?:^|\s)#/m.test(code));

  expect(commented.map(({ page, title }) => `${page}, ${title}`)).toEqual([]);
});

test('the start of the service of systemd in the documents is one, too', () => {
  const units = blocks().filter(({ language }) => language === 'ini');
  const starts = units.flatMap(({ code }) => /^ExecStart=(.*)$/m.exec(code)?.[1] ?? []);

  expect(starts).toHaveLength(1);
  expect(starts.flatMap((code) => complaints(shelled({ language: 'sh', code })))).toEqual([]);
  for (const { code } of units) expect(code).toMatch(/^(?:#.*\n|\[\w+\]\n|\w+=.*\n|\n)+$/);
});

test('each of our commands is in a block', () => {
  const called = shellBlocks.flatMap(({ read }) =>
    read.calls.flatMap((call) => ownArguments(call)?.[0] ?? []),
  );

  expect(new Set(called)).toEqual(new Set(commands.map((make) => make().name())));
});

test.each([
  ['an option that is none', 'npx fapilog-cloudwatch tail /app --folow'],
  ['a value that is none', 'npx fapilog-cloudwatch tail /app --since yesterdayish'],
  ['a command that is none', 'cat log | npx fapilog-cloudwatch emmit --group /app'],
  [
    'a value that is none, behind another command',
    'docker exec shop npx fapilog-cloudwatch emit --deadline soon',
  ],
  ['a quote that nobody closes', "npx fapilog-cloudwatch tail '/app"],
  ['a command that no reader has', 'jounalctl -f'],
])('%s is found', (_, code) => {
  expect(complaints(shelled({ language: 'sh', code }))).not.toEqual([]);
});
