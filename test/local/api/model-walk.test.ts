import { INPUTS } from '../../../local/api/model.generated.js';
import { membersOf, type Shape, shapeNamed } from '../../../local/api/shapes.js';
import type { Operation } from '../../../local/operations/operation.js';
import { OPERATIONS } from '../../../local/operations/operation-table.js';
import { type Raw, type Stage, startEmpty, stopAll } from '../harness.js';
import { legal, sized, structureWith, unmatched } from './legal-values.js';
import { type Place, placesIn } from './places.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startEmpty();
});
afterAll(stopAll);

/** What breaks a constraint, with how the service says it. */
type Breach = readonly [value: unknown, constraint: string];

/** One value for each constraint of a shape, which breaks that one. */
function breaches(shape: Shape): Breach[] {
  const { type, min, max, pattern, enum: values } = shape;
  if (values !== undefined)
    return [['nonsense', `Member must satisfy enum value set: [${values.join(', ')}]`]];
  const isNumber = type === 'integer' || type === 'double';
  const what = `Member must have ${isNumber ? 'value' : 'length'}`;
  const found: Breach[] = [];
  if (min !== undefined && (isNumber || min > 0))
    found.push([sized(shape, min - 1), `${what} greater than or equal to ${min}`]);
  if (max !== undefined) found.push([sized(shape, max + 1), `${what} less than or equal to ${max}`]);
  if (pattern !== undefined)
    found.push([unmatched(shape), `Member must satisfy regular expression pattern: ${pattern}`]);
  return found;
}

function atBounds(shape: Shape): unknown[] {
  const bounds = [shape.min, shape.max].filter((bound) => bound !== undefined);
  return shape.enum ? [...shape.enum] : bounds.map((bound) => sized(shape, bound));
}

const OTHER_VALUES: Readonly<Record<Shape['type'], readonly unknown[]>> = {
  string: [1, true, [], {}],
  integer: ['1', 1.5, true, [], {}],
  double: ['1', true, [], {}],
  boolean: ['true', 1, [], {}],
  list: ['a', 1, true, {}],
  map: ['a', 1, true, []],
  structure: ['a', 1, true, []],
};

interface Walk {
  readonly operation: Operation;
  readonly input: Shape;
  readonly places: readonly Place[];
}

const walks: readonly Walk[] = OPERATIONS.map((operation) => {
  const input = shapeNamed(INPUTS[operation.name]);
  const isJudged = ({ path }: Place): boolean => (operation.judges ?? []).includes(path.split('.')[0]!);
  return { operation, input, places: placesIn(input).filter((place) => !isJudged(place)) };
});

describe.each(walks.map((walk) => [walk.operation.name, walk] as const))('%s', (name, walk) => {
  const { operation, input, places } = walk;
  const call = (body: object): Promise<Raw> => stage.raw(name, body);

  it('refuses each broken constraint by name', async () => {
    for (const place of places) {
      for (const [value, constraint] of breaches(place.shape)) {
        const { status, body } = await call(place.inputWith(value));
        expect([place.path, status, body['__type'], body['message']]).toEqual([
          place.path,
          400,
          'InvalidParameterException',
          expect.stringMatching(/^1 validation error detected: Value /),
        ]);
        expect(body['message']).toContain(` at '${place.path}' failed to satisfy constraint: ${constraint}`);
      }
    }
  });

  it('has nothing against what is at a bound', async () => {
    for (const place of places) {
      for (const value of atBounds(place.shape)) {
        const { body } = await call(place.inputWith(value));
        expect(String(body['message'])).not.toContain(` at '${place.path}' failed`);
        expect(body['__type']).not.toBe('SerializationException');
      }
    }
  });

  it('refuses null where a member is needed, and takes it for an absent one elsewhere', async () => {
    for (const { path, isRequired, inputWith } of places.filter(isMember)) {
      const { body } = await call(inputWith(null));
      const text = ` at '${path}' failed to satisfy constraint: Member must not be null`;
      if (isRequired) expect(body['message']).toBe(`1 validation error detected: Value null${text}`);
      else expect([path, body['__type']]).not.toEqual([path, 'SerializationException']);
    }
  });

  it('refuses values of other types', async () => {
    for (const place of places.filter(({ path }) => !path.endsWith('.key'))) {
      for (const value of OTHER_VALUES[place.shape.type]) {
        const { status, body } = await call(place.inputWith(value));
        expect([place.path, value, status, body['__type']]).toEqual([
          place.path,
          value,
          400,
          'SerializationException',
        ]);
      }
    }
  });

  it('refuses members that it does not honour by their names', async () => {
    const has = [...operation.honours, ...(operation.ignores ?? []), ...(operation.judges ?? [])];
    for (const { name: member, shape } of membersOf(input).filter((each) => !has.includes(each.name))) {
      const { body } = await call(structureWith(input, { [member]: legal(shape) }));
      expect(body['__type']).toBe('InvalidParameterException');
      expect(body['message']).toContain(`does not implement the member '${member}' of ${name}.`);
    }
  });

  it('ignores members that the API does not have', async () => {
    const unknown = { nobodysMember: [1], LogGroupName: 1 };
    const { body } = await call({ ...(legal(input) as object), ...unknown });
    expect(body['__type']).not.toBe('SerializationException');
    expect(String(body['message'])).not.toMatch(/nobodysMember|LogGroupName/);
  });
});

/** Whether the place is a member of a structure, and not an item of a list or a map. */
function isMember({ path }: Place): boolean {
  return !/\.(member|key|value)$/.test(path);
}

it('goes to members of members, to items, to keys and to values', () => {
  const paths = walks.flatMap(({ operation, places }) =>
    places.map(({ path }) => `${operation.name}.${path}`),
  );
  expect(paths).toEqual(
    expect.arrayContaining([
      'PutLogEvents.logEvents.1.member.message',
      'FilterLogEvents.logStreamNames.1.member',
      'TagResource.tags.key',
      'TagResource.tags.k.value',
    ]),
  );
});
