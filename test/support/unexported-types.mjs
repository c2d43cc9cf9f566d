// Prints, as JSON, the types of this repository that signatures of an entry point name and the entry point does not export,
// each with the exports that name it. Usage: node unexported-types.mjs <tsconfig.json> <entry point>
import { SyntaxKind } from 'typescript/unstable/ast';
import { API, SymbolFlags } from 'typescript/unstable/sync';

const [config, entry] = process.argv.slice(2);
const api = new API({});
const [project] = api.updateSnapshot({ openProjects: [config] }).getProjects();
const { program, checker } = project;
const exported = checker
  .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)))
  .map(original);
const exportedIds = new Set(exported.map(({ id }) => id));
const missing = {};

for (const symbol of exported) {
  for (const declaration of symbol.declarations) {
    for (const name of typeNames(declaration.resolve(project))) {
      const type = original(checker.getSymbolAtLocation(name));
      if (isOurType(type) && !exportedIds.has(type.id)) (missing[type.name] ??= new Set()).add(symbol.name);
    }
  }
}
api.close();
process.stdout.write(JSON.stringify(missing, (_, value) => (value instanceof Set ? [...value] : value)));

function original(symbol) {
  return symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isOurType({ flags, declarations }) {
  const isType = SymbolFlags.Class | SymbolFlags.Interface | SymbolFlags.TypeAlias | SymbolFlags.Enum;
  return (flags & isType) !== 0 && declarations.some(({ path }) => !path.includes('/node_modules/'));
}

/** The names of types in a declaration, whatever stands around them. */
function* typeNames(node) {
  if (isHidden(node)) return;
  if (node.kind === SyntaxKind.TypeReference) yield node.typeName;
  if (node.kind === SyntaxKind.ExpressionWithTypeArguments) yield node.expression;
  const children = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) if (child !== node.initializer) yield* typeNames(child);
}

/** Bodies, and members that only the class itself, or this package, can use. */
function isHidden({ kind, name, modifiers = [], jsDoc = [] }) {
  return (
    kind === SyntaxKind.Block ||
    name?.kind === SyntaxKind.PrivateIdentifier ||
    modifiers.some((each) => each.kind === SyntaxKind.PrivateKeyword) ||
    jsDoc.some((comment) => comment.getText().includes('@internal'))
  );
}
