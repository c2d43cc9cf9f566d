import { type ApiItem, ApiDeclaredItem, ApiItemKind } from '@microsoft/api-extractor-model';

/** How an item is written, in one line, without the words that every declaration has. */
export function signatureOf(item: ApiItem): string {
  if (!(item instanceof ApiDeclaredItem)) return item.displayName;
  return item.excerpt.text
    .replaceAll(/\s+/g, ' ')
    .replace(/^export (default )?(declare )?/, '')
    .replace(/^(static )?(abstract )?(readonly )?/, '$1')
    .replace(/^get ([^(]+)\(\)(: [^;]*).*$/, '$1$2')
    .replace(/;?\s*$/, '')
    .replace(/(?<=^[^(:]*\?: .*) \| undefined$/, '');
}

/** The signature of an export; of a type, its name and what it extends. */
export function headOf(item: ApiItem): string {
  const signature = signatureOf(item);
  return item.kind === ApiItemKind.Function ? signature.replace(/^function /, '') : signature;
}
