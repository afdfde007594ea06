import { api } from '../../api/calls';

/** The Länder of the register: the two that come with the program, and those that were read in beside them. */
let alle = $state.raw<readonly string[]>(['Sachsen', 'Sachsen-Anhalt']);
let asked = false;

export function laender(): readonly string[] {
  if (!asked) void askLaender();
  return alle;
}
/** Asked once, and again when a table was read in. */
export async function askLaender(): Promise<void> {
  asked = true;
  try {
    alle = (await api.netzVerzeichnis()).laender.map((one) => one.land);
  } catch {
    asked = false; // The screen itself says what is wrong; the two are there.
  }
}
/** As the options of a field, after what stands for all of them. */
export const landOptionen = (fuerAlle: string): { value: string; label: string }[] => [{ value: '', label: fuerAlle }, ...laender().map((value) => ({ value, label: value }))];
