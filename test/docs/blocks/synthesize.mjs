/**
 * Synthesizes the blocks with constructs that it is sent, all in one process because loading the CDK takes a second. Classes of
 * stacks are instantiated, functions called with constructs of the types that they declare. Sends for each block what its app
 * defines, and what its functions return.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CloudFormationProduct, CloudFormationTemplate, ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { argumentsFor } from './arguments-for.mjs';

process.once('message', async (blocks) => {
  const results = [];
  for (const block of blocks)
    results.push(await synthesized(block).catch((error) => ({ threw: error.stack })));
  // Some blocks start a server, and it is not theirs to end it.
  process.send(results, () => process.exit());
});

async function synthesized({ file, declared, functions, classes }) {
  const lent = new App();
  for (const [index, parameter] of declared.entries())
    globalThis[parameter.name] = argumentsFor(declared, lent)[index];
  const { app = lent, ...exported } = await import(file);
  for (const { name, parameters } of classes) instanceOf(exported[name], name, parameters, app);
  const returned = [];
  for (const { name, parameters, of } of functions) {
    const owner = of === undefined ? exported : instanceOf(exported[of], `${of}Of${name}`, [], app);
    const value = await owner[name](...argumentsFor(parameters, app));
    if (isPlain(value)) returned.push(`${name}: ${JSON.stringify(value)}`);
    if (typeof value?.render === 'function') returned.push(...value.render().trimEnd().split('\n'));
  }
  return { defined: definedBy(app), returned };
}

function instanceOf(Class, id, parameters, app) {
  const rest = argumentsFor(parameters.slice(2), app);
  if (!(Class.prototype instanceof ProductStack)) return new Class(app, id, ...rest);
  const portfolio = new Stack(app, 'Portfolio');
  const product = new Class(portfolio, id, ...rest);
  offer(product, id, portfolio);
  return product;
}

/** A product is synthesized by what offers it. */
function offer(product, productName, portfolio) {
  const cloudFormationTemplate = CloudFormationTemplate.fromProductStack(product);
  const productVersions = [{ cloudFormationTemplate }];
  return new CloudFormationProduct(portfolio, 'Product', { productName, owner: 'orders', productVersions });
}

function isPlain(value) {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
}

/** The types of the resources of each stack, with their numbers where there are several. */
function definedBy(app) {
  const { directory } = app.synth();
  const stacks = app.node.findAll().filter((construct) => construct instanceof Stack);
  return stacks.map(({ node, templateFile }) => {
    const { Resources = {} } = JSON.parse(readFileSync(join(directory, templateFile), 'utf8'));
    const counts = new Map();
    for (const { Type } of Object.values(Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
    const types = [...counts.keys()].toSorted((a, b) => a.localeCompare(b));
    return `${node.id}: ${types.map((type) => withNumber(type, counts.get(type))).join(', ') || 'nothing'}`;
  });
}

function withNumber(type, count) {
  return count === 1 ? type : `${count} × ${type}`;
}
