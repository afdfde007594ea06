import { expect, test } from 'vitest';
import type { Feldart } from '../../api/types';
import { feldAddress, feldFrage, operatorsOf, typedField } from './feldfrage';

const field = (bezeichnung: string, art: Feldart['art']): Feldart => ({ id: bezeichnung, stand: 1, typ: 'Bau', bezeichnung, art, auswahl: [], pflicht: false, aktiv: true, reihenfolge: 0, fuer: 'vorgang' });
const [flur, kosten, netto, beginn] = [field('Flurstück', 'text'), field('Kosten', 'zahl'), field('Kosten netto', 'zahl'), field('Baubeginn', 'datum')];
const all = [flur, kosten, netto, beginn];

test('a field is asked for by its name in the search box', () => {
  expect(typedField('flurstück: 12/3', all)).toEqual({ feld: flur, operator: 'enthaelt', wert: '12/3', bis: '' });
  expect(typedField('Flurstück:"an der Aue"', all)?.wert).toBe('an der Aue');
  expect(typedField('Kosten netto>=1.000', all)).toEqual({ feld: netto, operator: 'ab', wert: '1.000', bis: '' });
  expect(typedField('Kosten<5', all)).toMatchObject({ feld: kosten, operator: 'bis', wert: '5' });
  expect(typedField('Baubeginn:2027-01-01..2027-03-31', all)).toMatchObject({ operator: 'zwischen', wert: '2027-01-01', bis: '2027-03-31' });
  expect(typedField('Baubeginn:2027-01-01..', all)).toMatchObject({ operator: 'ab' });
  expect(typedField('Baubeginn:..2027-03-31', all)).toMatchObject({ operator: 'bis', wert: '2027-03-31' });
  expect(typedField('Baubeginn=2027-03-31', all)).toMatchObject({ operator: 'gleich' });
});

test('what names no field, or nothing to look for, is a question to the texts', () => {
  for (const q of ['Flurstück', 'Flurstück 12', 'von:Müller', '', 'Kosten:']) expect(typedField(q, all), q).toBeUndefined();
});

test('each operator is what the server understands', () => {
  expect(operatorsOf(flur)).toEqual(['enthaelt']);
  expect(feldFrage(flur, 'enthaelt', ' 12 ', '')).toEqual({ feld: 'Flurstück', wert: '12' });
  expect(feldFrage(kosten, 'gleich', '5', '')).toEqual({ feld: 'Kosten', von: '5', bis: '5' });
  expect(feldFrage(kosten, 'ab', '5', '')).toEqual({ feld: 'Kosten', von: '5' });
  expect(feldFrage(kosten, 'bis', '5', '')).toEqual({ feld: 'Kosten', bis: '5' });
  expect(feldFrage(kosten, 'zwischen', '5', '9')).toEqual({ feld: 'Kosten', von: '5', bis: '9' });
  expect(feldFrage(kosten, 'zwischen', '5', ' ')).toBeUndefined();
  expect(feldFrage(kosten, 'gleich', '', '')).toBeUndefined();
  expect(feldAddress(kosten, 'zwischen', '5', '9')).toBe('/suche/felder?feld=Kosten&operator=zwischen&wert=5&bis=9');
});
