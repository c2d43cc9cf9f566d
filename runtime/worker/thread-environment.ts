/** Options that run a module before the program. */
const PRELOADS = new Set(['--require', '-r', '--import', '--loader', '--experimental-loader']);

/** What stands between spaces; in quotes, a space does not separate. */
const TOKEN = /(?:"(?:\\.|[^"\\])*"|[^\s"])+/g;

/**
 * The environment of a thread: that of the process as it is now, without the modules that `NODE_OPTIONS` preloads. Agents
 * for tracing and the like belong to the application's thread, and would delay the start of this one.
 */
export function threadEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: options, ...others } = env;
  return options === undefined ? others : { ...others, NODE_OPTIONS: withoutPreloads(options) };
}

function withoutPreloads(options: string): string {
  const tokens = options.match(TOKEN) ?? [];
  return tokens.filter((token, index) => !isPreload(token) && !takesNext(tokens[index - 1])).join(' ');
}

function isPreload(token: string): boolean {
  const [name = ''] = token.replaceAll('"', '').split('=');
  return PRELOADS.has(name);
}

/** `--import x` is two tokens, `--import=x` is one. */
function takesNext(token = ''): boolean {
  return isPreload(token) && !token.includes('=');
}
