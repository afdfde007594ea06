import type { Akte, Recht, Vorgang } from '../../api/types';
import { formatDay, formatWhen } from '../../base/dates';
import type { TermName } from '../../widgets/glossary';
import { t } from './texts';

export interface Fact {
  label: string;
  term?: TermName;
  value: string | undefined;
}

/** True when this person may do this to the object now. */
export function darf(object: { darf: readonly Recht[] }, recht: Recht): boolean {
  return object.darf.includes(recht);
}

/** The metadata that Akte and Vorgang share, in the order of reading. */
export function schriftgutFacts(object: Akte | Vorgang): Fact[] {
  const { aktenplaneinheit: plan, organisationseinheit: oe } = object;
  return [
    { label: t('zeichen'), term: 'geschaeftszeichen', value: object.zeichen },
    { label: t('aktenplan'), term: 'aktenplan', value: `${plan.kennzeichen} ${plan.titel}` },
    { label: t('organisation'), term: 'organisationseinheit', value: `${oe.kurzzeichen} ${oe.bezeichnung}` },
    { label: t('angelegt'), value: formatWhen(object.angelegt) },
    { label: t('zdaAm'), term: 'zda', value: object.zdaDatum === undefined ? undefined : formatWhen(object.zdaDatum) },
    { label: t('frist'), term: 'aufbewahrung', value: object.aufbewahrungsdauer === undefined ? t('unbefristet') : t('jahre', { n: object.aufbewahrungsdauer }) },
    { label: t('aufbewahrung'), value: formatDay(object.aufbewahrungBis) },
    { label: t('aussonderung'), term: 'aussonderung', value: t(object.aussonderungsart) },
  ];
}
