import type { Blatt } from '../../api/types';
import { t } from './texts';

/** As it is called in lists: a Teilakte and a Band say what they are. */
export function blattName(blatt: Blatt): string {
  return blatt.art === 'registerblatt' ? blatt.bezeichnung : `${t(`blatt_${blatt.art}`)} ${blatt.platz}: ${blatt.bezeichnung}`;
}
/** What there is to choose from; what lies in a Teilakte or a Band names it too. */
export function blattOptionen(blaetter: readonly Blatt[]): { value: string; label: string }[] {
  const byId = new Map(blaetter.map((blatt) => [blatt.id, blatt]));
  return blaetter.map((blatt) => {
    const ueber = blatt.ueber === undefined ? undefined : byId.get(blatt.ueber);
    return { value: blatt.id, label: ueber === undefined ? blattName(blatt) : `${blattName(ueber)} › ${blattName(blatt)}` };
  });
}
