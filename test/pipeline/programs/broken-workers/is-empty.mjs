/** What a bundler makes of an entry point of which it thinks that nothing is used. */
export default undefined;
