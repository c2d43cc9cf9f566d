/** The command line, `npx fapilog-cloudwatch`. Commands are in `commands/`, their parts in folders of their names. */
import { Command } from 'commander';
import { VERSION } from '../runtime/direct/user-agent.js';
import { doctorCommand } from './commands/doctor.js';
import { emitCommand } from './commands/emit.js';
import { envCommand } from './commands/env.js';
import { localCommand } from './commands/local.js';
import { queryCommand } from './commands/query.js';
import { tailCommand } from './commands/tail.js';
import { Failure } from './failure.js';

/** Where the files of the package can be read. */
const REPOSITORY = 'https://github.com/fapilog/fapilog-cloudwatch/blob/main/';

/** Each makes a command: what it takes, and what it does. */
const commands: readonly (() => Command)[] = [
  localCommand,
  tailCommand,
  queryCommand,
  emitCommand,
  doctorCommand,
  envCommand,
];

const program = new Command('fapilog-cloudwatch')
  .description('Application logs in CloudWatch Logs: tools for a laptop')
  .version(VERSION)
  // What stands behind the command of a program is that program's.
  .enablePositionalOptions()
  .showSuggestionAfterError()
  .addHelpText('after', documentation('docs/commands.md'));
for (const make of commands) {
  const command = make();
  program.addCommand(
    command.addHelpText('after', documentation(pageOf(command))).copyInheritedSettings(program),
  );
}

/** Who reads what is said may leave, as `head` does. The server and the command go on. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** Without a command, help is what was asked for, and no error. */
if (process.argv.length <= 2) program.outputHelp();
else await program.parseAsync().catch(show);

function pageOf(command: Command): string {
  return command.name() === 'local' ? 'docs/local.md' : `docs/commands/${command.name()}.md`;
}

/** The page is that of the last version; the file belongs to the version that is installed. */
function documentation(page: string): string {
  return `\nDocumentation: ${REPOSITORY}${page}\n(in the package: ${page})`;
}

function show(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = error.status;
}
