// Prints each signal that arrives. Ends with status 7 after `SIGTERM ends`, and not at all by itself with `ignores`.
const [manner] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    console.log(signal);
    if (manner === 'ends') setTimeout(() => process.exit(7), 300);
  });
}
setInterval(() => {}, 1000);
console.log(`ready ${process.pid}`);
