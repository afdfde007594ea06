import { describe, expect, it } from 'vitest';
import { firstLoad, gzippedBytes, type BundleFile } from './size-limit';

const files = new Map<string, BundleFile>([
  ['main.js', { type: 'chunk', isEntry: true, imports: ['shared.js'], css: ['main.css'], content: 'a'.repeat(100) }],
  ['shared.js', { type: 'chunk', imports: ['main.js'], content: 'b'.repeat(100) }],
  ['pdf.js', { type: 'chunk', imports: ['shared.js'], content: 'c'.repeat(100) }],
  ['main.css', { type: 'asset', content: 'd'.repeat(100) }],
]);

describe('size of the first load', () => {
  it('follows static imports and style sheets, not what loads later', () => {
    expect(firstLoad(files).sort()).toEqual(['main.css', 'main.js', 'shared.js']);
  });
  it('counts gzipped bytes', () => {
    const one = gzippedBytes(files, ['main.js']);
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(100);
    expect(gzippedBytes(files, ['main.js', 'shared.js'])).toBeGreaterThan(one);
  });
});
