import { expect, test } from 'vitest';
import type { Blatt } from '../../api/types';
import { blattOptionen } from './register';

const blatt = (id: string, more: Partial<Blatt> = {}): Blatt => ({ id, art: 'registerblatt', bezeichnung: id, platz: 1, anzahl: 0, ...more });

test('what lies in a Teilakte or a Band names it too', () => {
  expect(blattOptionen([blatt('Alt', { art: 'band', platz: 2 }), blatt('Pläne', { ueber: 'Alt' }), blatt('Briefe')])).toEqual([
    { value: 'Alt', label: 'Band 2: Alt' },
    { value: 'Pläne', label: 'Band 2: Alt › Pläne' },
    { value: 'Briefe', label: 'Briefe' },
  ]);
});
