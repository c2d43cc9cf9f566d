import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The versions of a package that the registry has; none if it does not know the package.
 *
 * @param options further options of npm, such as the registry; without them, the user's own apply
 * @throws Error if the registry does not answer
 */
export async function publishedVersions(name: string, ...options: readonly string[]): Promise<string[]> {
  try {
    const { stdout } = await run('npm', [
      'view',
      name,
      'versions',
      '--json',
      '--prefer-online',
      '--fetch-retries=0',
      ...options,
    ]);
    return [JSON.parse(stdout) as string | string[]].flat();
  } catch (error) {
    const { code, summary } = errorOf((error as { readonly stdout?: string }).stdout);
    if (code === 'E404') return [];
    throw new Error(
      `the registry did not say which versions of ${name} are published (${code}: ${summary}); a release needs the network: try again, or see \`npm ping\``,
      { cause: error },
    );
  }
}

interface NpmError {
  readonly code: string;
  readonly summary: string;
}

/** What npm writes as JSON when it fails. */
function errorOf(output = ''): NpmError {
  try {
    return (JSON.parse(output) as { readonly error: NpmError }).error;
  } catch {
    return { code: 'no answer', summary: output.trim() };
  }
}
