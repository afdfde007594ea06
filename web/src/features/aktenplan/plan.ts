import type { Aktenplaneinheit } from '../../api/types';
import { ancestors } from '../../base/tree';

/** Why no Akte can be opened at an entry today: the nearest entry, itself or above it, that forbids it. */
export function closedBy(all: readonly Aktenplaneinheit[], einheit: Aktenplaneinheit, today: string): Aktenplaneinheit | undefined {
  const above = ancestors(all, einheit.id).flatMap((id) => all.filter((item) => item.id === id));
  return [einheit, ...above.reverse()].find((item) => closed(item, today));
}

export function closed(item: Aktenplaneinheit, today: string): boolean {
  return item.gesperrt || item.stillgelegt || (item.gueltigVon !== undefined && today < item.gueltigVon) || (item.gueltigBis !== undefined && today > item.gueltigBis);
}

/** Whether `item` may be put under `target` (nothing = the top): not below itself, not where it is, not where Akten lie. */
export function mayMove(all: readonly Aktenplaneinheit[], item: Aktenplaneinheit, target: Aktenplaneinheit | undefined): boolean {
  if (target === undefined) return item.ueber !== undefined;
  if (target.id === item.id || target.id === item.ueber) return false;
  if (target.akten > 0 || (target.artGesetzt && target.art === 'Betreffseinheit')) return false;
  return !ancestors(all, target.id).includes(item.id);
}
