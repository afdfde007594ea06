import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/problem';
import { FormState } from './form.svelte';

describe('FormState', () => {
  it('does not send while a required field is empty, and says so there', async () => {
    const form = new FormState();
    const run = vi.fn(() => Promise.resolve());
    expect(await form.send(['', 'x'], run)).toBe(false);
    expect(run).not.toHaveBeenCalled();
    expect(form.error('name', '')).toBe('Bitte füllen Sie dieses Feld aus.');
  });
  it('puts the refusal of the server at its field', async () => {
    const form = new FormState();
    await form.send(['x'], () => Promise.reject(new ApiError(409, 'vergeben', '', 'Vergeben.', '', 'anmeldename')));
    expect([form.error('anmeldename', 'x'), form.general]).toEqual(['Vergeben.', undefined]);
  });
  it('fetches the newer revision when somebody else saved', async () => {
    const form = new FormState();
    const newer = vi.fn(() => Promise.resolve());
    await form.send(['x'], () => Promise.reject(new ApiError(412, 'veraltet', '', '', '', undefined)), newer);
    expect(newer).toHaveBeenCalledOnce();
    expect(form.general?.message).toContain('Inzwischen');
  });
});
