import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What the bundler says about one output file; the part of Rollup's type that the sum needs. */
export interface BundleFile {
  type: 'chunk' | 'asset';
  isEntry?: boolean;
  imports?: readonly string[];
  css?: readonly string[];
  content: string | Uint8Array;
}

/** Names of the files that a first visit loads: the entry, everything it imports statically, and their style sheets. */
export function firstLoad(files: ReadonlyMap<string, BundleFile>): string[] {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const file = files.get(name);
    if (file === undefined || seen.has(name)) return;
    seen.add(name);
    for (const next of [...(file.imports ?? []), ...(file.css ?? [])]) visit(next);
  };
  for (const [name, file] of files) if (file.isEntry === true) visit(name);
  return [...seen];
}

export function gzippedBytes(files: ReadonlyMap<string, BundleFile>, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + gzipSync(files.get(name)?.content ?? '').length, 0);
}

/** Fails the build when JavaScript and CSS of the first visit, gzipped, exceed the limit (shared/ui.md, "Measured"). */
export function sizeLimit(options: { limitBytes: number }): Plugin {
  return {
    name: 'size-limit',
    apply: 'build',
    enforce: 'post',
    writeBundle(_, bundle) {
      const files = new Map<string, BundleFile>();
      for (const [name, output] of Object.entries(bundle)) {
        if (output.type === 'chunk') {
          const css = [...(output.viteMetadata?.importedCss ?? [])];
          files.set(name, { type: 'chunk', isEntry: output.isEntry, imports: output.imports, css, content: output.code });
        } else {
          files.set(name, { type: 'asset', content: output.source });
        }
      }
      const names = firstLoad(files);
      const bytes = gzippedBytes(files, names);
      const kilobytes = (value: number): string => `${(value / 1024).toFixed(1)} KB`;
      const sentence = `first load ${kilobytes(bytes)} gzipped of ${kilobytes(options.limitBytes)} allowed (${names.length} files)`;
      if (bytes > options.limitBytes) this.error(sentence);
      console.log(sentence);
    },
  };
}
