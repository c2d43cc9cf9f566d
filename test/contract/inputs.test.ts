import type { SectionInputs } from '../../contract/inputs.generated.js';
import { sectionNames, type SectionName, type sections } from '../../contract/sections.js';
import type { InputValues } from '../../contract/settings/setting.js';

/** The same type, not only one that can be assigned to the other. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- only so does the compiler compare identity
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Members of an interface and of those that it extends. */
type Members<T> = { [Key in keyof T]: T[Key] };

type OfRows<Name extends SectionName> = InputValues<(typeof sections)[Name]['rows']>;

/** The law, which the compiler holds: what code may say of a section is what its rows take. */
type Law = {
  [Name in SectionName]: Same<Members<SectionInputs[Name]>, Members<OfRows<Name>>>;
};

test('each generated interface is what the rows of its section take', () => {
  const law: Law = {
    core: true,
    app: true,
    cloudwatch: true,
    stdoutJson: true,
    stdoutPretty: true,
    stderrJson: true,
    file: true,
    sinkRouting: true,
    level: true,
    rateLimit: true,
    sampling: true,
    firstOccurrence: true,
    sizeGuard: true,
    redaction: true,
    plugins: true,
  };

  expect(Object.keys(law).toSorted()).toEqual(sectionNames.toSorted());
});
