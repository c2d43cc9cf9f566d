/**
 * Lets nothing that libraries write to the console reach the terminal. The AWS SDK warns there of what a command says in a line of its
 * own, and shows a URL with its login, and stack traces.
 */
export function quietConsole(): void {
  for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const) console[method] = () => undefined;
}
