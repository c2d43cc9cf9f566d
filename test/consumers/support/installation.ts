import type { Consumer } from './consumer.js';

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly deprecated?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What npm has installed for a project, by the lock file that it wrote. */
export class Installation {
  readonly packages: ReadonlyMap<string, LockedPackage>;

  constructor(consumer: Consumer) {
    const { packages } = JSON.parse(consumer.read('package-lock.json')) as {
      readonly packages: Readonly<Record<string, LockedPackage>>;
    };
    const installed = Object.entries(packages).filter(([path]) => path !== '');
    this.packages = new Map(installed.map(([path, each]) => [path.split('node_modules/').at(-1)!, each]));
  }

  /** The names of packages of which this is true. */
  namesWhere(isTrue: (each: LockedPackage) => boolean): string[] {
    return [...this.packages].filter(([, each]) => isTrue(each)).map(([name]) => name);
  }

  dependenciesOf(name: string): string[] {
    return Object.keys(this.packages.get(name)?.dependencies ?? {});
  }

  /** The package and all that it leads to. */
  broughtBy(name: string): Set<string> {
    const brought = new Set([name]);
    // The set grows while it is walked.
    for (const each of brought) for (const next of this.dependenciesOf(each)) brought.add(next);
    return brought;
  }
}
