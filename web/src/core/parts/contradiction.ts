import { formatLabel } from '../../base/formats';
import { t } from '../texts';

/** The warning for a file whose name promises another kind than its content is. */
export function contradiction(file: { dateiname: string; format: string }): string {
  return t('nameWiderspricht', { name: file.dateiname, format: file.format === 'unknown' ? t('unbekannteArt') : formatLabel(file.format, '') });
}
