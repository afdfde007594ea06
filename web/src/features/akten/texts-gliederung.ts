import { schutz } from './texts-schutz';

/** Texts of annotations and of the Registerblätter, with those of what protects an object. */
export const gliederung = {
  de: {
    ...schutz.de,
    anmerkungen: 'Anmerkungen', anmerken: 'Anmerken', angemerkt: 'Angemerkt. Das Dokument selbst ist unverändert.', anmerkungText: 'Anmerkung', anmerkungSeite: 'Seite', anmerkungSeiteHinweis: 'Oder ziehen Sie auf der Seite einen Rahmen um die Stelle.', anmerkungStelle: 'Zur gewählten Stelle auf Seite {n}.', stelleWaehlen: 'Stelle wählen', rahmenZiehen: 'Ziehen Sie einen Rahmen …', keineAnmerkung: 'Keine Anmerkung', keineAnmerkungText: 'Anmerkungen liegen über den Seiten; das Dokument bleibt, wie es ist.', anmerkungOrt: 'Seite {n} · {name}, {wann}', anmerkungVersion: 'zu Version {n}', anmerkungEntfernen: 'Entfernen', anmerkungWeg: 'Anmerkung entfernt.', anmerkungVon: 'Anmerkung von {name}: {text}',
    register: 'Register',
    registerblatt: 'Registerblatt',
    hinterKeins: 'Hinter keinem',
    allesImRegister: 'Alles',
    blatt_registerblatt: 'Registerblatt', blatt_teilakte: 'Teilakte', blatt_band: 'Band',
    blattNeu: 'Neues Registerblatt',
    blattArt: 'Was es ist',
    blattIn: 'Liegt in',
    blattInAkte: 'der Akte selbst',
    blattHoch: '{name} nach oben', blattRunter: '{name} nach unten', blattEntfernen: '{name} entfernen',
    eigenerZugriff: 'Eigener Zugriff: Er folgt nicht dem Vorgang.',
    zurueckgenommen: 'Das ist zurückgenommen.',
    begonnenMit: 'Begonnen mit Baustein „{titel}“ {version} ({von})', begonnenJetzt: 'neue Vorgänge beginnen mit {version}',
  },
  en: {
    ...schutz.en,
    anmerkungen: 'Annotations', anmerken: 'Annotate', angemerkt: 'Annotated. The document itself is unchanged.', anmerkungText: 'Annotation', anmerkungSeite: 'Page', anmerkungSeiteHinweis: 'Or draw a frame round the place on the page.', anmerkungStelle: 'At the chosen place on page {n}.', stelleWaehlen: 'Choose a place', rahmenZiehen: 'Draw a frame …', keineAnmerkung: 'No annotation', keineAnmerkungText: 'Annotations lie over the pages; the document stays as it is.', anmerkungOrt: 'Page {n} · {name}, {wann}', anmerkungVersion: 'on version {n}', anmerkungEntfernen: 'Remove', anmerkungWeg: 'Annotation removed.', anmerkungVon: 'Annotation by {name}: {text}',
    register: 'Register',
    registerblatt: 'Divider',
    hinterKeins: 'Behind none',
    allesImRegister: 'All',
    blatt_registerblatt: 'Divider', blatt_teilakte: 'Sub-file', blatt_band: 'Volume',
    blattNeu: 'New divider',
    blattArt: 'What it is',
    blattIn: 'Lies in',
    blattInAkte: 'the file itself',
    blattHoch: '{name} up', blattRunter: '{name} down', blattEntfernen: 'Remove {name}',
    eigenerZugriff: 'Its own access: it does not follow the case.',
    zurueckgenommen: 'That is taken back.',
    begonnenMit: 'Began with Baustein “{titel}” {version} ({von})', begonnenJetzt: 'new cases begin with {version}',
  },
} as const;
