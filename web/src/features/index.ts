import type { Feature } from '../core/features';
import { akten } from './akten';
import { aktenplan } from './aktenplan';
import { anmeldung } from './anmeldung';
import { auswertung } from './auswertung';
import { kontakte } from './kontakte';
import { netz } from './netz';
import { posteingang } from './posteingang';
import { postkorb } from './postkorb';
import { schreiben } from './schreiben';
import { start } from './start';
import { suche } from './suche';
import { verwaltung } from './verwaltung';

/** All features, in the order of the main menu. */
export const features: readonly Feature[] = [anmeldung, start, postkorb, posteingang, akten, schreiben, aktenplan, kontakte, suche, auswertung, netz, verwaltung];
