// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { markedPlaces, markWords, splitAtWords } from './marks';

describe('marks', () => {
  it('split a text at the words, whatever their case', () => {
    expect(splitAtWords('Die Straße, eine strasse', ['STRASSE', 'straße'])).toEqual([
      { text: 'Die ', treffer: false },
      { text: 'Straße', treffer: true },
      { text: ', eine ', treffer: false },
      { text: 'strasse', treffer: true },
    ]);
  });
  it('take signs that mean something to regular expressions literally', () => {
    expect(splitAtWords('632.10-4 und 632x10', ['632.10']).filter((part) => part.treffer)).toEqual([{ text: '632.10', treffer: true }]);
  });
  it('mark inside a text layer', () => {
    const layer = document.createElement('div');
    const line = document.createElement('span');
    line.textContent = 'Antrag auf Baugenehmigung';
    layer.append(line);
    markWords(layer, ['bau']);
    expect(layer.innerHTML).toBe('<span>Antrag auf <mark>Bau</mark>genehmigung</span>');
  });
  it('find the places of words on a picture, also of those that are broken over two lines', () => {
    const place = (text: string, zeile: number) => ({ text, zeile, x: 0, y: 0, breite: 1, hoehe: 1 });
    const page = [place('Antrag', 1), place('auf', 1), place('Bauge-', 1), place('nehmigung', 2), place('Bau-', 2), place('Amt', 3)];
    expect(markedPlaces(page, ['Baugenehmigung']).map((one) => one.text)).toEqual(['Bauge-', 'nehmigung']);
    expect(markedPlaces(page, ['ANTRAG']).map((one) => one.text)).toEqual(['Antrag']);
    expect(markedPlaces(page, [])).toEqual([]);
  });
});
