// Prints each signal that arrives. With `ends`, it ends with status 7 a little later; otherwise it goes on.
const [manner] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    console.log(signal);
    if (manner === 'ends') setTimeout(() => process.exit(7), 300);
  });
}
// The test is over.
process.stdin.on('end', () => process.exit()).resume();
console.log(`ready ${process.pid}`);
