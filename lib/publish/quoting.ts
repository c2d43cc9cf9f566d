/** One word of a POSIX shell, whatever is in the text. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One string of PowerShell, whatever is in the text. */
export function powerShellString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A value of a `.env` file, which its readers (Node.js `--env-file`, dotenv, systemd, a shell) all take alike.
 *
 * @throws Error if there is no such spelling
 */
export function dotEnvValue(name: string, text: string): string {
  if (/[\r\n]/.test(text) || (text.includes("'") && /["\\$`]/.test(text))) {
    throw new Error(
      `${name} is ${JSON.stringify(text)}, which readers of .env files understand differently; ` +
        'allowed: one line, without both a single quote and any of " \\ $ `',
    );
  }
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}
