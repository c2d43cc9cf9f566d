import { type ApiItem, ApiDocumentedItem } from '@microsoft/api-extractor-model';

type DocComment = NonNullable<ApiDocumentedItem['tsdocComment']>;

/** The part of the parser's nodes that has text. */
interface DocNode {
  getChildNodes(): readonly DocNode[];
  readonly content?: { toString(): string };
}

/** What API Extractor says of a constructor without a comment. */
const NO_COMMENT = /^Constructs a new instance of the .* class$/;

/** The first sentence of an item's comment, as Markdown; empty without a comment. */
export function firstSentence(item: ApiItem): string {
  const comment = commentOf(item);
  const [paragraph] = comment?.summarySection.nodes ?? [];
  return paragraph === undefined ? '' : firstOf(textOf(paragraph));
}

/** What `@default` says, without the dash that stands before a behaviour. */
export function defaultOf(item: ApiItem): string | undefined {
  const block = commentOf(item)?.customBlocks.find(({ blockTag }) => blockTag.tagName === '@default');
  return block && textOf(block.content).replace(/^- /, '').replace(/\.$/, '');
}

export function isDeprecated(item: ApiItem): boolean {
  return commentOf(item)?.deprecatedBlock !== undefined;
}

export function isInternal(item: ApiItem): boolean {
  return commentOf(item)?.modifierTagSet.isInternal() ?? false;
}

function commentOf(item: ApiItem): DocComment | undefined {
  return item instanceof ApiDocumentedItem ? item.tsdocComment : undefined;
}

function firstOf(text: string): string {
  if (NO_COMMENT.test(text)) return '';
  const sentence = /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
  return sentence.replace(/[:,]$/, '.');
}

/** The text as it was written, with links by name, in one line. */
function textOf(node: DocNode): string {
  return sourceOf(node)
    .replaceAll(
      /\{@link ([^}|]+?)(?:\s*\|\s*([^}]+?))?\}/g,
      (_, name: string, text?: string) => text ?? `\`${name}\``,
    )
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function sourceOf(node: DocNode): string {
  const children = node.getChildNodes();
  return children.length === 0 ? (node.content?.toString() ?? '') : children.map(sourceOf).join('');
}
