import { join } from 'node:path';
import { readTemplateFile } from '../../../cli/local/template-file.js';
import { folderWith } from '../../support/folder.js';

const template = { Resources: { Logs: { Type: 'AWS::Logs::LogGroup' } } };

function manifest(environment: string): unknown {
  return {
    artifacts: {
      Orders: {
        type: 'aws:cloudformation:stack',
        environment,
        properties: { templateFile: 'Orders.template.json' },
      },
    },
  };
}

test('a file, with the name of its stack', () => {
  const path = join(folderWith({ 'Orders.template.json': template }), 'Orders.template.json');

  expect(readTemplateFile(path)).toEqual({ path, stackName: 'Orders', template });
});

test('the only template of a folder, nested stacks aside, with its place', () => {
  const folder = folderWith({
    'Orders.template.json': template,
    'OrdersNested.nested.template.json': template,
    'manifest.json': manifest('aws://123456789012/eu-central-1'),
  });

  expect(readTemplateFile(folder)).toEqual({
    path: join(folder, 'Orders.template.json'),
    stackName: 'Orders',
    template,
    accountId: '123456789012',
    region: 'eu-central-1',
  });
});

test('a place that is unknown is none', () => {
  const folder = folderWith({
    'Orders.template.json': template,
    'manifest.json': manifest('aws://unknown-account/unknown-region'),
  });

  const { accountId, region } = readTemplateFile(folder);

  expect([accountId, region]).toEqual([undefined, undefined]);
});

test('several templates are listed, those of stages, too', () => {
  const folder = folderWith({
    'A.template.json': template,
    'assembly-Production/B.template.json': template,
    'asset.1/C.template.json': template,
  });

  expect(() => readTemplateFile(folder)).toThrow(
    `${folder} has several templates; name one:\n` +
      `  --stack ${folder}/A.template.json\n  --stack ${folder}/assembly-Production/B.template.json`,
  );
});

test('a folder without templates', () => {
  expect(() => readTemplateFile(folderWith({ 'x.json': {} }))).toThrow(
    /has no template, no \*\.template\.json; `npx cdk synth`/,
  );
});

test('a file that is missing, beside others', () => {
  const folder = folderWith({ 'OrdersStack.template.json': template });

  expect(() => readTemplateFile(join(folder, 'Orders.template.json'))).toThrow(
    /There is no .*Orders\.template\.json; there is .*OrdersStack\.template\.json\.$/,
  );
});

test('a file that is missing, no JSON or no template', () => {
  const folder = folderWith({ 'a.yaml': 'Resources:\n', 'b.json': [], 'c.json': { Resources: [] } });

  expect(() => readTemplateFile(join(folder, 'z.json'))).toThrow(
    /There is no .*z\.json; `npx cdk synth` writes/,
  );
  expect(() => readTemplateFile(join(folder, 'a.yaml'))).toThrow(/a\.yaml is no JSON; `npx cdk synth`/);
  expect(() => readTemplateFile(join(folder, 'b.json'))).toThrow(/b\.json is no CloudFormation template/);
  expect(() => readTemplateFile(join(folder, 'c.json'))).toThrow(/c\.json is no CloudFormation template/);
});
