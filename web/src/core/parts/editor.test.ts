import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/problem';
import { Editor } from './editor.svelte';

interface Thing {
  id: string;
  stand: number;
  betreff: string;
  absender: string;
}
interface Fields {
  betreff: string;
  absender: string;
}

/** A server with one object, and a screen that shows it. */
function world(): { server: Thing; shown: () => Thing; editor: Editor<Thing, Fields> } {
  const server: Thing = { id: 'a', stand: 1, betreff: 'Antrag', absender: 'Meier' };
  let shown: Thing = { ...server };
  const editor = new Editor<Thing, Fields>({
    item: () => shown,
    fields: ({ betreff, absender }) => ({ betreff, absender }),
    save: (item, changes) => {
      if (item.stand !== server.stand) return Promise.reject(new ApiError(412, 'veraltet', '', '', '', undefined));
      if (changes.betreff === '') return Promise.reject(new ApiError(422, 'fehlt', '', 'Der Betreff fehlt.', '', 'betreff'));
      Object.assign(server, changes, { stand: server.stand + 1 });
      return Promise.resolve({ ...server });
    },
    reload: () => Promise.resolve({ ...server }),
    accept: (item) => (shown = item),
  });
  return { server, shown: () => shown, editor };
}

describe('Editor', () => {
  it('saves a field', async () => {
    const { server, shown, editor } = world();
    await editor.set({ betreff: 'Bauantrag' });
    expect([server.betreff, shown().stand]).toEqual(['Bauantrag', 2]);
  });
  it('adds my change to what somebody else saved', async () => {
    const { server, editor } = world();
    Object.assign(server, { absender: 'Meyer', stand: 2 });
    await editor.set({ betreff: 'Bauantrag' });
    expect([server.betreff, server.absender, editor.conflicts.length]).toEqual(['Bauantrag', 'Meyer', 0]);
  });
  it('asks when both changed the same field, and loses neither', async () => {
    const { server, shown, editor } = world();
    Object.assign(server, { betreff: 'Anfrage', stand: 2 });
    await editor.set({ betreff: 'Bauantrag' });
    expect(editor.conflicts).toEqual([{ key: 'betreff', mine: 'Bauantrag', theirs: 'Anfrage' }]);
    expect(shown().betreff).toBe('Anfrage');
    await editor.resolve('betreff', 'mine');
    expect([server.betreff, editor.conflicts.length]).toEqual(['Bauantrag', 0]);
  });
  it('puts an error at its field', async () => {
    const { editor } = world();
    await editor.set({ betreff: '' });
    expect(editor.errors).toEqual({ betreff: 'Der Betreff fehlt.' });
  });
});
