import type { Binding } from './bindings.js';
import { type Deployed, deploy } from './deployed.js';
import { type Language, type Programs, see, type Seen } from './reader.js';

/** Variables that the construct writes, by their readers, and the languages that are run with them. */
export const variants = [
  { readers: ['nodejs'], languages: ['python'] },
  { readers: ['nodejs', 'python'], languages: ['nodejs', 'python'] },
  { readers: ['python'], languages: ['python'] },
] as const satisfies readonly { readers: readonly Language[]; languages: readonly Language[] }[];

export type Variant = (typeof variants)[number];

/** What a binding did with the variables of one variant. */
export interface Compared {
  readonly binding: string;
  readonly variant: Variant;
  readonly environment: Readonly<Record<string, string>>;
  /** What Node.js does with variables that are written for it alone. */
  readonly expected: Seen;
  readonly seen: readonly Seen[];
  /** What is known to go wrong with Python; empty if every program should do as expected. */
  readonly harms: readonly string[];
}

/** Runs a binding with the variables of each variant, all at once. */
export async function compare(binding: Binding, programs: Programs): Promise<Compared[]> {
  const run = (language: Language, deployed: Deployed): Promise<Seen> =>
    see(language, programs[language], deployed, binding.program);
  const expected = run('nodejs', deploy(binding));
  const compared = variants.map(async (variant) => {
    const deployed = deploy(binding, variant.readers);
    const seen = await Promise.all(variant.languages.map((language) => run(language, deployed)));
    const { environment, harms } = deployed;
    return { binding: binding.name, variant, environment, expected: await expected, seen, harms };
  });
  return Promise.all(compared);
}
