/** How a document of a format is shown: page by page, as a picture, or as its text. */
export type PreviewKind = 'pdf' | 'bild' | 'text';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.oasis.opendocument.text': 'ODT',
  'text/plain': 'TXT',
  'text/markdown': 'MD',
  'text/html': 'HTML',
  'message/rfc822': 'EML',
};

/** `format` may be a MIME type or a short name; the file name decides when it says nothing. */
export function formatLabel(format: string, fileName: string): string {
  const known = EXTENSIONS[format];
  if (known !== undefined) return known;
  if (format !== '' && !format.includes('/')) return format.toUpperCase();
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? fileName.slice(dot + 1).toUpperCase() : '?';
}

export function previewKind(format: string, fileName: string): PreviewKind {
  const label = formatLabel(format, fileName);
  if (label === 'PDF') return 'pdf';
  return ['PNG', 'JPG', 'JPEG', 'GIF', 'WEBP'].includes(label) ? 'bild' : 'text';
}

/** A first guess of the Betreff from a file name: no extension, no separators. */
export function nameWithoutExtension(fileName: string): string {
  return fileName.replace(/\.[^.]{1,5}$/, '').replace(/[_]+/g, ' ').replace(/\s+/g, ' ').trim();
}
