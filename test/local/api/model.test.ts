import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import { INPUTS, OTHER_OPERATIONS, SHAPES } from '../../../local/api/model.generated.js';
import { recogniseErrorsOfNode } from '../../support/realm.js';
import type { Shape } from '../../../local/api/shapes.js';

recogniseErrorsOfNode();

const exported: Readonly<Record<string, unknown>> = { ...sdk };
const shapes = Object.entries(SHAPES as Readonly<Record<string, Shape>>);

/** Names of members in the schema of a structure, which is a list; they are its fifth entry. */
function sdkMembers(structure: string): readonly string[] {
  const schema = exported[`${structure}$`] as readonly unknown[] | undefined;
  return (schema?.[4] ?? []) as readonly string[];
}

// What is missing came with a new version of the SDK: `npm run api-model` brings it into the table.
describe('the table of the API knows what the installed SDK knows', () => {
  test('operations', () => {
    const known: readonly string[] = [...Object.keys(INPUTS), ...OTHER_OPERATIONS];
    const operations = Object.keys(exported)
      .filter((name) => /[a-z]Command$/.test(name))
      .map((name) => name.replace(/Command$/, ''));

    expect(operations).toContain('PutLogEvents');
    expect(operations.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('members of all structures', () => {
    const structures = shapes.filter(([, { type }]) => type === 'structure');
    const missing = structures.flatMap(([name, { members = {} }]) =>
      sdkMembers(name)
        .filter((member) => !Object.hasOwn(members, member))
        .map((member) => `${name}.${member}`),
    );

    expect(structures.filter(([name]) => sdkMembers(name).length === 0).map(([name]) => name)).toEqual([]);
    expect(missing).toEqual([]);
  });

  test('values of enumerations', () => {
    const missing = shapes.flatMap(([name, { enum: values = [] }]) => {
      const theirs = exported[name];
      const all = typeof theirs === 'object' && theirs !== null ? Object.values(theirs).map(String) : [];
      return values.length === 0
        ? []
        : all.filter((value) => !values.includes(value)).map((value) => `${name} ${value}`);
    });

    expect(exported['LogGroupClass']).toBeDefined();
    expect(missing).toEqual([]);
  });
});
