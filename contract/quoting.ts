/** Quotes any text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Quotes any text as one string of PowerShell, for which typographic quotes are quotes as well.
 *
 * Source: PowerShell, `CharTraits.cs`, `IsSingleQuote`.
 */
export function powerShellString(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * Quotes a value for a `.env` file so that its readers (Node.js `--env-file`, dotenv, systemd, a shell) agree on it.
 *
 * @throws Error if no spelling does
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
