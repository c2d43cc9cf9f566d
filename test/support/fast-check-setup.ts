import * as fc from 'fast-check';

/**
 * On a developer's machine every run looks at other inputs. In CI the inputs are the same for everybody, so that a commit
 * is judged by what it changes; `FC_SEED` chooses others.
 */
if (process.env['CI'] || process.env['FC_SEED']) {
  fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_261_122) });
}
