import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** Files that pdf.js fetches by name while it draws: fonts that PDFs may leave out, and a decoder for scanned pages. */
const WANTED: readonly { folder: string; file: (name: string) => boolean }[] = [
  { folder: 'standard_fonts', file: (name) => /\.(pfb|ttf)$|^LICENSE/.test(name) },
  // The decoder without WebAssembly: the content security policy has no place for compiled code.
  { folder: 'wasm', file: (name) => name === 'openjpeg_nowasm_fallback.js' || name === 'LICENSE_OPENJPEG' },
];

/** Puts those files under /assets/pdfjs-<version>/, and tells the screens that place as `__PDFJS_ASSETS__`. */
export function pdfAssets(): Plugin {
  const info: { version: string } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const base = `assets/pdfjs-${info.version}`;
  let building = false;
  return {
    name: 'pdf-assets',
    config(_, env) {
      building = env.command === 'build';
      return { define: { __PDFJS_ASSETS__: JSON.stringify(building ? `/${base}/` : '/node_modules/pdfjs-dist/') } };
    },
    generateBundle() {
      for (const { folder, file } of WANTED) {
        for (const name of readdirSync(join(home, folder)).filter(file)) {
          this.emitFile({ type: 'asset', fileName: `${base}/${folder}/${name}`, source: readFileSync(join(home, folder, name)) });
        }
      }
    },
  };
}
