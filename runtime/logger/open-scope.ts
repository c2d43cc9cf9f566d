import { levelRank } from '../../contract/levels.js';
import type { Fields } from '../log-record.js';
import { readContextOptions, type ContextOptions } from './context-options.js';
import { openBufferOf, ScopeBuffer } from './scope-buffer.js';
import { currentScope, runIn, type OpenScope } from './scope.js';

export type { ContextOptions } from './context-options.js';
export type { OpenScope } from './scope.js';

/**
 * Makes a scope within the current one. Inner fields win over outer ones, and inner options: without any, the lines of this scope wait
 * with those of the one around it.
 *
 * @param random decides whether the scope is sampled
 * @throws SettingsError naming every option that is malformed.
 */
export function openScope(fields: Fields, options: ContextOptions = {}, random = Math.random): OpenScope {
  const outer = currentScope();
  const own = Object.freeze({ ...outer?.fields, ...fields });
  const around = openBufferOf(outer?.buffer);
  const buffer = ownBuffer(options, own, around, random);
  const inInvocation = outer?.invocation?.scopes;
  const open = {
    scope: { ...outer, fields: own, buffer: buffer ?? around },
    end: (hasFailed: boolean): void => {
      inInvocation?.delete(open);
      if (buffer) buffer.end(hasFailed);
      else if (hasFailed) around?.releaseStory();
    },
  };
  inInvocation?.add(open);
  return open;
}

function ownBuffer(
  options: ContextOptions,
  fields: Fields,
  around: ScopeBuffer | undefined,
  random: () => number,
): ScopeBuffer | undefined {
  const {
    bufferLevel,
    bufferCharacters: characters,
    sampleRate,
  } = readContextOptions(options, 'withContext');
  if (bufferLevel === undefined && sampleRate === undefined) return undefined;
  const isSampled = sampleRate === undefined ? around?.isSampled === true : random() < sampleRate;
  if (bufferLevel === undefined && !isSampled) return undefined;
  const policy = { rank: levelRank[bufferLevel ?? 'debug'], characters, isSampled };
  return new ScopeBuffer(policy, fields, around, hereLater);
}

/** The scope in which this is called need not be that of the buffer: whoever opened it may have added to it. */
function hereLater(): (act: () => void) => void {
  const scope = currentScope();
  return (act) => runIn(scope, act);
}
