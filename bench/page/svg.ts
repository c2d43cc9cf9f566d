export interface Drawing {
  readonly title: string;
  /** Where it differs from the title. @default - the title */
  readonly label?: string | undefined;
  readonly width: number;
  readonly height: number;
  /** Rules for light, and those that change on dark, one a line. */
  readonly light: readonly string[];
  readonly dark: readonly string[];
  /** Elements below the title, one a line. */
  readonly elements: readonly string[];
}

const TEXT = { light: '#1f2328', dark: '#e6edf3' };

/** An SVG document with a title, readable on light and dark. */
export function svgOf({ title, label = title, width, height, light, dark, elements }: Drawing): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">
<style>
  text { font: 13px system-ui, sans-serif; fill: ${TEXT.light}; }
  .title { font-weight: 600; font-size: 15px; }
${light.map((rule) => `  ${rule}`).join('\n')}
  @media (prefers-color-scheme: dark) {
    text { fill: ${TEXT.dark}; }
${dark.map((rule) => `    ${rule}`).join('\n')}
  }
</style>
<text class="title" x="8" y="22">${escaped(title)}</text>
${elements.join('\n')}
</svg>
`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
