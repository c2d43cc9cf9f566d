import { h, type VNode } from 'preact';
import htm from 'htm';

/** Makes nodes of a template. What is inserted becomes text, an attribute or a node, and never markup. */
export const html = htm.bind(h) as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** Names of classes, without those that are false. */
export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
