/**
 * Shells that understand `export NAME='value'`. Fish and the C shells do not, and a restricted shell redirects nothing
 * into files.
 */
const SHELL = /^(?:ba|da|a|k|mk|ya|z)?sh(?:[-.]?\d[\d.]*)?$/;

/** Programs that run the program that their first word names: `#!/usr/bin/env -S bash -e`. */
const LAUNCHERS: readonly (string | undefined)[] = ['env', 'busybox'];

/** Words before the program: options of `env`, and variables that it sets. */
const NO_PROGRAM = /^-|=/;

/** Whether the first line of a script has it run by a POSIX shell. Cloud-init mends the line ends of Windows. */
export function isRunByShell(firstLine: string): boolean {
  if (!firstLine.startsWith('#!')) return false;
  const [first = '', ...rest] = firstLine.slice(2).trim().split(/\s+/).map(fileName);
  const program = LAUNCHERS.includes(first) ? rest.find((word) => !NO_PROGRAM.test(word)) : first;
  return SHELL.test(program ?? '');
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
