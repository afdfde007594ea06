import type { Feature } from '../core/features';
import { anmeldung } from './anmeldung';
import { start } from './start';

/** All features, in the order of the main menu. */
export const features: readonly Feature[] = [anmeldung, start];
