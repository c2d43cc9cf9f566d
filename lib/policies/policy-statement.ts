import type { Stack } from 'aws-cdk-lib';
import { wildcards } from '../../contract/wildcards.js';
import { isUnresolved } from '../tokens.js';
import { textOf } from '../statement-text.js';

/** One statement of a policy in the template. In its actions and ARNs, `*` and `?` mean what they mean to IAM. */
export interface Statement {
  readonly isDeny: boolean;
  readonly hasConditions: boolean;
  readonly actions: Patterns;
  readonly resources: Patterns;
}

/** What an element of a statement names; all *but* this, for `NotAction` and `NotResource`. */
interface Patterns {
  readonly list: readonly string[];
  readonly isInverted: boolean;
}

/** The statements of a resolved policy document. */
export function statementsOf(document: unknown, stack: Stack): Statement[] {
  const statements = [(document as { Statement?: unknown } | undefined)?.Statement ?? []].flat();
  return statements.map((each) => {
    const { Effect, Condition, Action, NotAction, Resource, NotResource } = each as Record<string, unknown>;
    return {
      isDeny: Effect === 'Deny',
      hasConditions: Condition !== undefined,
      actions: patterns(Action, NotAction, String),
      resources: patterns(Resource, NotResource, (value) => arnText(value, stack)),
    };
  });
}

function patterns(named: unknown, others: unknown, text: (value: unknown) => string): Patterns {
  const isInverted = named === undefined;
  return { isInverted, list: [(isInverted ? others : named) ?? []].flat(2).map(text) };
}

/**
 * Text of a resolved ARN, of which equal ARNs have the same: without the partition, with the account and Region of the
 * stack if they are known, and no colon in a reference.
 */
export function arnText(value: unknown, { account, region }: Stack): string {
  const known: Record<string, string> = { 'AWS::AccountId': account, 'AWS::Region': region };
  return textOf(value)
    .replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
      const spelt = known[name];
      return spelt === undefined || isUnresolved(spelt) ? `<${name.replaceAll(/[:*?]/g, '.')}>` : spelt;
    })
    .replace(/^arn:[^:]*:/, 'arn:aws:');
}

/** Whether a statement speaks of an action. */
export function names({ actions }: Statement, action: string): boolean {
  return includes(actions, action, 'i');
}

/** Whether a statement speaks of a resource, or of everything that a pattern matches. */
export function covers({ resources }: Statement, arn: string): boolean {
  return includes(resources, arn);
}

function includes({ list, isInverted }: Patterns, text: string, flags = ''): boolean {
  return list.some((pattern) => wildcards(pattern, flags).test(text)) !== isInverted;
}
