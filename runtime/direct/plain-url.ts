/** A URL of HTTP that names a place and no more: no query, no fragment, no login. */
export function plainUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.href === url.origin + url.pathname ? url : undefined;
}
