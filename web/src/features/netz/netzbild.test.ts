import { expect, test } from 'vitest';
import { netzbild, schwaechste } from './netzbild';

const speichen = [{ titel: 'Führung', anteil: 1 }, { titel: 'Ordnung', anteil: 0.5 }, { titel: 'Technik', anteil: 0 }];

test('a full spoke reaches the outer ring, an empty one stays in the middle', () => {
  const bild = netzbild(speichen);
  const points = bild.flaeche.split(' ');
  expect(points[0]).toBe(bild.ringe[4]?.split(' ')[0]);
  expect(points[2]).toBe('200.0,200.0');
  expect(bild.namen.map((name) => name.titel)).toEqual(['Führung', 'Ordnung', 'Technik']);
});
test('the weakest is named, unless all is done', () => {
  expect(schwaechste(speichen)?.titel).toBe('Technik');
  expect(schwaechste([{ titel: 'A', anteil: 1 }])).toBeUndefined();
});
