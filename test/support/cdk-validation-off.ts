/**
 * CDK checks every template that it synthesizes with an engine that takes a second to start, in each test file anew.
 * test/templates/cdk-rules.test.ts checks the templates of all features and examples instead.
 */
process.env['CDK_VALIDATION'] ??= 'false';
