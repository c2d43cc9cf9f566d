/** Synthesizes both stacks in turn, many times: `warm.cjs <repetitions>`. */
const { timedSynth } = require('./stack.cjs');

/** Not counted: modules are loaded and code is compiled meanwhile. */
const WARM_UP = 10;
const repetitions = Number(process.argv[2]);
const results = ['without', 'with'].map((name) => ({ name, define: require(`./${name}.cjs`), samples: [] }));

for (let turn = 0; turn < WARM_UP + repetitions; turn++) {
  // Neither stack always follows the other one's garbage.
  const inTurn = turn % 2 === 0 ? results : results.toReversed();
  for (const { define, samples } of inTurn) samples.push(timedSynth(define));
}
const measured = results.map(({ name, samples }) => ({ name, samples: samples.slice(WARM_UP) }));
process.send(measured, () => process.exit());
