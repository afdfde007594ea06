import { texts } from '../../base/texts';

export const t = texts({
  de: {
    titel: 'Postkorb', umlaufmappe: 'Umlaufmappe {titel} ({n} {n:Dokument|Dokumente})', vertretung: 'In Vertretung', leerVertretung: 'In Vertretung ist nichts zu tun', leerVertretungText: 'Sie vertreten {wen}. Was dort zu tun ist, steht hier für sich.', inVertretung: 'in Vertretung für {name}', vertretungEinstellen: 'Vertretung einstellen', mehrAls: '{n}+', meine: 'Meine', einheit: 'Meine Einheit', korb: 'Postkorb', liste: 'Zu tun',
    ueberfaellig: 'Überfällig', heute: 'Heute fällig', woche: 'In den nächsten sieben Tagen', spaeter: 'Später', ohne: 'Ohne Termin',
    leer: 'Nichts zu tun', leerText: 'Alles, was bei Ihnen war, ist erledigt. Sehen Sie nach, was in Ihrer Einheit noch niemand übernommen hat.', leerEinheit: 'In Ihrer Einheit wartet nichts', leerEinheitText: 'Was für viele bestimmt ist, steht hier, bis es jemand übernimmt.', zurEinheit: 'Meine Einheit ansehen',
    faellig: 'fällig {tag}', von: 'von {name}', seit: '{wann}', zurueck: 'Zurückgegeben', erneut: 'Neue Version: erneut zeichnen', fuer: 'für {name}', laufweg: 'Laufweg', mehr: 'Weitere laden',
    oeffnen: 'Vorgang öffnen', dokumentOeffnen: 'Dokument öffnen', mappe: 'In die Umlaufmappe: {was}', mappeZeichnen: 'Umlaufmappe zeichnen ({n})', mappeLeeren: 'Leeren', mappeAlle: 'Alle zum Zeichnen auswählen',
    gezeichnet: '{n} {n:Stück|Stücke} gezeichnet.', gezeichnetNicht: '{n} gezeichnet, {m} nicht: {grund}', verfuegung: 'Verfügung', wiedervorlage: 'Wiedervorlage', hinweis: 'Hinweis',
    tasteWeiter: 'Nächstes', tasteVorher: 'Voriges', tasteOeffnen: 'Vorgang öffnen', tasteZeichnen: 'Zeichnen oder erledigen', tasteWv: 'Wiedervorlage', tasteVerfuegung: 'Verfügung schreiben', tasteZurueck: 'Zurückgeben', tasteMappe: 'In die Umlaufmappe, heraus', tasteMappeZeichnen: 'Umlaufmappe zeichnen',
    frist: 'Frist berechnen', fristErklaerung: 'Jedes Datum erklärt sich: welche Regel, welcher Kalender, was es ändern würde.', tag: 'Tag', dauer: 'Dauer', einheitDauer: 'Einheit', beginn: 'Was den Lauf auslöst', tage: 'Tage', wochen: 'Wochen', monate: 'Monate', jahre: 'Jahre', ereignis: 'Zugang oder Ereignis an diesem Tag', post: 'Aufgabe zur Post oder E-Mail an diesem Tag', tagesbeginn: 'Beginn dieses Tages', land: 'Feiertage', fronleichnam: 'Fronleichnam ist hier Feiertag', fristEnde: 'Die Frist endet am {tag}.', wie: 'So gerechnet', anders: 'Was das Ergebnis ändern würde', eigenes: 'Land der Verwaltung',
  },
  en: {
    titel: 'My work', umlaufmappe: 'Folder {titel} ({n} {n:Dokument|Dokumente})', vertretung: 'As a deputy', leerVertretung: 'Nothing to do as a deputy', leerVertretungText: 'You stand in for {wen}. What is to be done there stands here, apart.', inVertretung: 'as deputy of {name}', vertretungEinstellen: 'Set deputies', mehrAls: '{n}+', meine: 'Mine', einheit: 'My unit', korb: 'Basket', liste: 'To do',
    ueberfaellig: 'Overdue', heute: 'Due today', woche: 'Within seven days', spaeter: 'Later', ohne: 'No date',
    leer: 'Nothing to do', leerText: 'All that was yours is done. See what nobody in your unit has taken yet.', leerEinheit: 'Nothing waits in your unit', leerEinheitText: 'What is for many stands here until somebody takes it.', zurEinheit: 'See my unit',
    faellig: 'due {tag}', von: 'from {name}', seit: '{wann}', zurueck: 'Returned', erneut: 'New version: sign again', fuer: 'for {name}', laufweg: 'Routing', mehr: 'Load more',
    oeffnen: 'Open the Vorgang', dokumentOeffnen: 'Open the Dokument', mappe: 'Into the signature folder: {was}', mappeZeichnen: 'Sign the folder ({n})', mappeLeeren: 'Clear', mappeAlle: 'Choose all to sign',
    gezeichnet: '{n} {n:item|items} signed.', gezeichnetNicht: '{n} signed, {m} not: {grund}', verfuegung: 'Routing', wiedervorlage: 'Resubmission', hinweis: 'Note',
    tasteWeiter: 'Next', tasteVorher: 'Previous', tasteOeffnen: 'Open the Vorgang', tasteZeichnen: 'Sign or do', tasteWv: 'Resubmission', tasteVerfuegung: 'Write a routing line', tasteZurueck: 'Return', tasteMappe: 'Into the folder, out of it', tasteMappeZeichnen: 'Sign the folder',
    frist: 'Compute a period', fristErklaerung: 'Every date explains itself: which rule, which calendar, what would change it. The sentences are German, as the law is.', tag: 'Day', dauer: 'Length', einheitDauer: 'Unit', beginn: 'What starts it', tage: 'days', wochen: 'weeks', monate: 'months', jahre: 'years', ereignis: 'Receipt or event on this day', post: 'Posted or e-mailed on this day', tagesbeginn: 'Beginning of this day', land: 'Holidays', fronleichnam: 'Corpus Christi is a holiday here', fristEnde: 'The period ends on {tag}.', wie: 'Counted so', anders: 'What would change the result', eigenes: 'The Land of the administration',
  },
});
