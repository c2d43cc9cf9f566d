import { wildcards } from '../../contract/wildcards.js';
import { isMap } from '../api/json.js';
import type { NamedPolicy } from './role-policies.js';

/** An action and the resource that it acts on. In both, `*` and `?` mean what they mean in a policy. */
export interface Grant {
  /** Action, such as `logs:PutLogEvents`. */
  readonly action: string;
  /** ARN of the resource. */
  readonly resource: string;
}

/** An action and a resource in an `Allow` statement of a policy. */
export interface PolicyGrant extends Grant {
  readonly policy: string;
  /** Whether it grants all *but* this action, or on all *but* this resource. */
  readonly isInverted: boolean;
  /** The grant in words. */
  readonly text: string;
}

/** Returns every action with every resource of the `Allow` statements. Ignores conditions, which may hold. */
export function grantsOf({ name, document }: NamedPolicy): PolicyGrant[] {
  const statements = listOf(document['Statement']).filter(isMap);
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, NotAction, Resource, NotResource }) => {
      const isInverted = NotAction !== undefined || NotResource !== undefined;
      const resources = listOf(Resource ?? NotResource).map(String);
      const actions = listOf(Action ?? NotAction).map(String);
      return actions.flatMap((action) =>
        resources.map((resource) => {
          const text = `${allBut(NotAction)}${action} on ${allBut(NotResource)}${resource}`;
          return { policy: name, action, resource, isInverted, text };
        }),
      );
    });
}

/**
 * Whether the outer grant allows everything that the inner one allows. `false` if a comparison of texts cannot decide
 * it.
 */
export function covers(outer: Grant, inner: Grant): boolean {
  return (
    isWithin(inner.action.toLowerCase(), outer.action.toLowerCase()) &&
    isWithin(inner.resource, outer.resource)
  );
}

/** Whether a grant matches an action on a resource. */
export function matches(grant: Grant, { action, resource }: Grant): boolean {
  return wildcards(grant.action, 'i').test(action) && wildcards(grant.resource).test(resource);
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || (outer.endsWith('*') && inner.startsWith(outer.slice(0, -1)));
}

function allBut(member: unknown): string {
  return member === undefined ? '' : 'all but ';
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : [value].flat();
}
