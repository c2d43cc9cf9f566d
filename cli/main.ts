/** The command line, `npx fapilog-cloudwatch`. Commands are in `commands/`, their parts in folders of their names. */
import { Command } from 'commander';
import { VERSION } from '../runtime/direct/user-agent.js';
import { Failure } from './failure.js';

/** Where the files of the package can be read. */
const REPOSITORY = 'https://github.com/fapilog/fapilog-cloudwatch/blob/main/';

interface CommandRow {
  readonly summary: string;
  /** Loads the command: what it takes, and what it does. */
  readonly load: () => Promise<Command>;
}

const commands: Readonly<Record<string, CommandRow>> = {
  local: {
    summary: 'CloudWatch Logs on this machine, with a page to look at',
    load: async () => (await import('./commands/local.js')).localCommand(),
  },
  tail: {
    summary: 'shows log events as they arrive',
    load: async () => (await import('./commands/tail.js')).tailCommand(),
  },
  query: {
    summary: 'asks log groups by a query of Logs Insights',
    load: async () => (await import('./commands/query.js')).queryCommand(),
  },
  emit: {
    summary: 'lines from a pipe or from files into CloudWatch Logs',
    load: async () => (await import('./commands/emit.js')).emitCommand(),
  },
  doctor: {
    summary: 'what the application would do here, and what stands in its way',
    load: async () => (await import('./commands/doctor.js')).doctorCommand(),
  },
  plan: {
    summary: 'what a fleet makes: calls, their quota, log streams, dollars',
    load: async () => (await import('./commands/plan.js')).planCommand(),
  },
  env: {
    summary: 'the variables of a stack, as a .env file',
    load: async () => (await import('./commands/env.js')).envCommand(),
  },
};

const program = new Command('fapilog-cloudwatch')
  .description('Application logs in CloudWatch Logs: tools for a laptop')
  .version(VERSION)
  // What stands behind the command of a program is that program's.
  .enablePositionalOptions()
  .showSuggestionAfterError()
  .configureOutput({ outputError: (text, write) => write(withWayToHelp(text)) })
  .addHelpText('after', documentation('docs/commands.md'));
/** The command that is called is loaded alone, wherever its name stands. Of the others, help and suggestions need the names. */
const called = process.argv.slice(2).find((each) => Object.hasOwn(commands, each));
for (const [name, { summary, load }] of Object.entries(commands)) {
  const command = name === called ? await load() : new Command(name);
  command.summary(summary).addHelpText('after', documentation(pageOf(name)));
  program.addCommand(command.copyInheritedSettings(program));
}

/** Who reads what is said may leave, as `head` does. The server and the command go on. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** Without a command, help is what was asked for, and no error. */
if (process.argv.length <= 2) program.outputHelp();
else await program.parseAsync().catch(show);

function pageOf(command: string): string {
  return command === 'local' ? 'docs/local.md' : `docs/commands/${command}.md`;
}

/** The page is that of the last version; the file belongs to the version that is installed. */
function documentation(page: string): string {
  return `\nDocumentation:\n${REPOSITORY}${page}\n(in the package: ${page})`;
}

/** An option that resembles none has no suggestion. */
function withWayToHelp(error: string): string {
  if (!/^error: unknown option '[^']*'\n$/.test(error)) return error;
  const command = called === undefined ? '' : ` ${called}`;
  return `${error}(All options: npx fapilog-cloudwatch${command} --help)\n`;
}

function show(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = error.status;
}
