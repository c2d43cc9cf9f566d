/** Synthesizes a stack once: `cold.cjs <with | without>`. */
const { timedSynth } = require('./stack.cjs');

const sample = timedSynth(require(`./${process.argv[2]}.cjs`));
process.send(sample, () => process.exit());
