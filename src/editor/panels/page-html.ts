/** What the document of a panel needs to know. Addresses are those that the page itself can load. */
export interface PageSource {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** The origin of the panel's own files, the only one that styles, fonts and images may come from. */
  readonly origin: string;
  /** Whether it shows pictures whose bytes are in what it shows. */
  readonly images?: boolean;
  /** New for every document: only scripts that carry it run. */
  readonly nonce: string;
}

/**
 * The document of a panel. It holds no data: whatever the panel shows comes through the channel and is set as text, so that no content of a dataset is
 * ever parsed as HTML. The policy allows no network, no inline style and no script but the panel's own.
 */
export function pageHtml({ title, script, style, origin, nonce, images = false }: PageSource): string {
  const policy = `default-src 'none'; style-src ${origin}; font-src ${origin}; img-src ${origin}${images ? " data:" : ""}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${escape(style)}">
</head>
<body>
<main id="root"></main>
<script type="module" nonce="${escape(nonce)}" src="${escape(script)}"></script>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
