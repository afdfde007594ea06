import { describe, expect, it } from 'vitest';
import { dokumentAenderung, vorgangAenderung } from './felder';

describe('changes as the API wants them', () => {
  it('clear a field that was emptied', () => expect(dokumentAenderung({ absender: '', datum: '2026-11-23' })).toEqual({ absender: null, datum: '2026-11-23' }));
  it('leave an empty Betreff to the server, which refuses it', () => expect(dokumentAenderung({ betreff: '' })).toEqual({ betreff: '' }));
  it('take a Vorgang from everybody', () => expect(vorgangAenderung({ bearbeitung: '' })).toEqual({ bearbeitung: null }));
});
