/** Runs test files by their names, one after the other. */
module.exports = class {
  sort(tests) {
    return tests.toSorted((a, b) => a.path.localeCompare(b.path));
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
};
