/** Texts of Geheimhaltung, of who looked at something, and of the Löschsperre. */
export const schutz = {
  de: {
    geheimhaltung: 'Geheimhaltung', geheimhaltungHinweis: 'Was darin liegt, ist mindestens so eingestuft.', geheimhaltungVonOben: 'Mindestens „{grad}“, weil das, worin es liegt, so eingestuft ist.',
    werSahHinein: 'Wer hat hineingesehen?', niemandSahHinein: 'Noch niemand.', hineingesehenTitel: 'Hineingesehen haben',
    nichtFestgehalten: 'Zurzeit wird hier nicht festgehalten, wer hineinsieht: Es ist offen eingestuft, und sein Zugriff ist nicht enger als üblich.', mehrZeigen: 'Weitere zeigen',
    loeschsperre: 'Löschsperre', loeschsperreHinweis: 'Solange sie besteht, wird nichts aus der Akte gelöscht, weggelegt, ausgesondert oder herausgenommen.', sperrgrund: 'Grund der Löschsperre', sperreSetzen: 'Löschsperre setzen', sperreAufheben: 'Löschsperre aufheben', sperreGesetzt: 'Auf der Akte liegt jetzt eine Löschsperre.', sperreAufgehoben: 'Die Löschsperre ist aufgehoben.',
    sperreVon: 'Löschsperre seit {wann} von {name}: „{grund}“', sperreFrueher: '{grund}: {von} bis {bis}, aufgehoben von {name}',
  },
  en: {
    geheimhaltung: 'Secrecy', geheimhaltungHinweis: 'What lies in it is at least as secret.', geheimhaltungVonOben: 'At least “{grad}”, because what it lies in is.',
    werSahHinein: 'Who looked at it?', niemandSahHinein: 'Nobody yet.', hineingesehenTitel: 'It was looked at by',
    nichtFestgehalten: 'At present it is not noted here who looks at it: it is open, and its access is not narrower than usual.', mehrZeigen: 'Show more',
    loeschsperre: 'Hold', loeschsperreHinweis: 'While it stands nothing in the file is deleted, put aside, disposed of or taken out.', sperrgrund: 'Reason of the hold', sperreSetzen: 'Place a hold', sperreAufheben: 'Lift the hold', sperreGesetzt: 'A hold lies on the file now.', sperreAufgehoben: 'The hold is lifted.',
    sperreVon: 'Hold since {wann} by {name}: “{grund}”', sperreFrueher: '{grund}: {von} to {bis}, lifted by {name}',
  },
} as const;
