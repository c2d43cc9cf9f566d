// The command itself would look for the Jest of the working directory.
require('jest').run();
