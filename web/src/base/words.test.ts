import { describe, expect, it } from 'vitest';
import { formatLabel, nameWithoutExtension, previewKind } from './formats';
import { formatBytes } from './numbers';
import { uuid } from './uuid';
import { tellingWords } from './words';

describe('tellingWords', () => {
  it('takes the longest, once, without filling words', () => {
    expect(tellingWords('Antrag auf Baugenehmigung für die Garage, Antrag vom 3.3.', 2)).toEqual(['Baugenehmigung', 'Antrag']);
  });
});

describe('formats', () => {
  it('have short names', () => {
    expect(formatLabel('application/pdf', 'a')).toBe('PDF');
    expect(formatLabel('application/octet-stream', 'Brief.DOCX')).toBe('DOCX');
    expect(formatLabel('pdf', 'a')).toBe('PDF');
    expect(formatLabel('', 'ohne')).toBe('?');
  });
  it('are shown as pages, picture or text', () => {
    expect([previewKind('application/pdf', 'a.pdf'), previewKind('image/png', 'a.png'), previewKind('text/html', 'a.html')]).toEqual(['pdf', 'bild', 'text']);
  });
  it('leave a readable name', () => expect(nameWithoutExtension('Antrag_Meier  2026.pdf')).toBe('Antrag Meier 2026'));
});

describe('numbers and ids', () => {
  it('writes bytes in German', () => expect([formatBytes(512), formatBytes(2_345_678), formatBytes(14_200)]).toEqual(['512 B', '2,3 MB', '14 KB']));
  it('makes version 4 UUIDs', () => expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
});
