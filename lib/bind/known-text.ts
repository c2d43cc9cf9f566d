import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isUnresolved } from '../tokens.js';

/** Estimate for a reference: about as long as the name or ARN that it stands for. */
const REFERENCE_BYTES = 64;

type Intrinsic = Readonly<Record<string, unknown>>;

/**
 * The first line of a text. Resolves no other line, because CDK keeps the first value of a lazy one.
 *
 * @returns `undefined` if only the deployment knows a part of the line
 */
export function firstLineOf(text: string, scope: IConstruct): string | undefined {
  const [line = ''] = text.split('\n', 1);
  if (!isUnresolved(line)) return line;
  const resolved: unknown = Stack.of(scope).resolve(line);
  const [first, ...others] = beginningOf(resolved).split('\n');
  return others.length > 0 || typeof resolved === 'string' ? first : undefined;
}

/** The text before the first value that CloudFormation fills in. */
function beginningOf(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const { 'Fn::Join': join, 'Fn::Sub': sub } = (resolved ?? {}) as Intrinsic;
  if (sub) return templateOf(sub).replace(/\$\{[^!].*/s, '');
  return join ? beginningOfList(join as Join) : '';
}

function beginningOfList([separator, parts]: Join): string {
  if (!Array.isArray(parts)) return '';
  const end = parts.findIndex((part) => typeof part !== 'string');
  const known = end === -1 ? parts : [...parts.slice(0, end), beginningOf(parts[end])];
  return known.join(separator);
}

type Join = readonly [separator: string, parts: readonly unknown[]];

/** `Fn::Sub` takes a text, or a text and the values in it. */
function templateOf(sub: unknown): string {
  return String(Array.isArray(sub) ? sub[0] : sub);
}

/** Bytes of a resolved text. A value that CloudFormation fills in is estimated. */
export function estimatedBytes(resolved: unknown): number {
  if (typeof resolved === 'string') return Buffer.byteLength(resolved);
  if (typeof resolved !== 'object') return JSON.stringify(resolved)?.length ?? 0;
  const { 'Fn::Join': join, 'Fn::Sub': sub, 'Fn::Base64': encoded } = (resolved ?? {}) as Intrinsic;
  if (join) return joinedBytes(join as Join);
  if (sub) return Buffer.byteLength(templateOf(sub));
  return encoded === undefined ? REFERENCE_BYTES : Math.ceil(estimatedBytes(encoded) / 3) * 4;
}

function joinedBytes([separator, parts]: Join): number {
  if (!Array.isArray(parts)) return REFERENCE_BYTES;
  const between = Buffer.byteLength(separator) * Math.max(parts.length - 1, 0);
  return parts.reduce<number>((sum, part) => sum + estimatedBytes(part), between);
}
