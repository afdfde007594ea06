import { texts } from '../base/texts';

export const glossaryTexts = texts({
  de: {
    akte: 'Akte|Alle Vorgänge zu einer Sache, unter einem Aktenzeichen. Beispiel: „Bauanträge 2026, Lindenstraße“.',
    vorgang: 'Vorgang|Alles zu einem einzelnen Geschäftsfall. Beispiel: der Bauantrag für eine Garage, vom Antrag bis zum Bescheid.',
    dokument: 'Dokument|Ein Schriftstück mit seinen Angaben und Fassungen. Beispiel: ein Brief, eine E-Mail, ein Vermerk.',
    aktenplan: 'Aktenplan|Die Ordnung aller Aufgaben. Neue Akten entstehen nur auf der untersten Stufe.',
    geschaeftszeichen: 'Geschäftszeichen|Das Kennzeichen, unter dem etwas abgelegt ist und zitiert wird. Beispiel: 632.10-4/2026.',
    zda: 'zdA|„Zu den Akten“: Die Bearbeitung ist beendet, es wird nichts mehr geändert. Die Aufbewahrungsfrist beginnt.',
    aussonderung: 'Aussonderung|Was nach der Aufbewahrung geschieht: A archivieren, B bewerten, V vernichten.',
    aufbewahrung: 'Aufbewahrung|So viele Jahre bleibt eine Akte nach dem Abschluss erhalten. Beispiel: 10 Jahre.',
    posteingang: 'Posteingang|Was angekommen und noch in keinem Vorgang abgelegt ist.',
    zugriff: 'Zugriff|Wer etwas sehen und wer es bearbeiten darf. Er gilt auch für alles darunter.',
    anlage: 'Anlage|Eine Datei, die zu einem Dokument gehört. Beispiel: der Lageplan zum Antrag.',
    version: 'Version|Eine Fassung der Datei. Frühere Fassungen bleiben erhalten.',
    stelle: 'Stelle|Ein Platz in der Organisation. Rechte hängen an der Stelle, nicht an der Person.',
    organisationseinheit: 'Organisationseinheit|Amt, Sachgebiet oder Referat. Beispiel: 60 Bauamt.',
    rolle: 'Rolle|Ein Bündel von Rechten. Beispiel: Sachbearbeitung, Registratur, Leitung.',
    eingang: 'Eingang|Von außen gekommen. Ausgang: nach außen gegangen. Intern: im Haus entstanden.',
    fremdesZeichen: 'Fremdes Zeichen|Das Zeichen, unter dem der Absender die Sache führt.',
    bearbeitung: 'Bearbeitung|Wer den Vorgang zurzeit bearbeitet.',
  },
  en: {
    akte: 'Akte|A file: all cases on one matter under one file number. Example: “Building applications 2026, Lindenstraße”.',
    vorgang: 'Vorgang|A case: everything on one piece of business. Example: one building application, from request to decision.',
    dokument: 'Dokument|A record with its details and versions. Example: a letter, an e-mail, a note.',
    aktenplan: 'Aktenplan|The file plan: the order of all tasks. New files are opened at its lowest level only.',
    geschaeftszeichen: 'Geschäftszeichen|The reference under which something is filed and quoted. Example: 632.10-4/2026.',
    zda: 'zdA|“To the files”: work is finished and nothing changes any more. The retention period starts.',
    aussonderung: 'Aussonderung|What happens after retention: A archive, B appraise, V destroy.',
    aufbewahrung: 'Aufbewahrung|Retention: how many years a file is kept after it was closed. Example: 10 years.',
    posteingang: 'Posteingang|The inbox: what came in and is not yet filed in any case.',
    zugriff: 'Zugriff|Access: who may see and who may edit. It also holds for everything below.',
    anlage: 'Anlage|An enclosure that belongs to a document. Example: the site plan of an application.',
    version: 'Version|One state of the file. Earlier versions are kept.',
    stelle: 'Stelle|A post in the organisation. Rights belong to the post, not to the person.',
    organisationseinheit: 'Organisationseinheit|A department or section. Example: 60 building office.',
    rolle: 'Rolle|A role: a bundle of rights. Example: case worker, registry, head of office.',
    eingang: 'Eingang|Came from outside. Ausgang: went out. Intern: made in the house.',
    fremdesZeichen: 'Fremdes Zeichen|The reference that the sender uses for the matter.',
    bearbeitung: 'Bearbeitung|Who works on the case at present.',
  },
});

export type TermName = keyof (typeof glossaryTexts.dictionaries)['de'];

/** The word and its one line with an example. */
export function glossary(name: TermName): { word: string; line: string } {
  const [word = '', line = ''] = glossaryTexts(name).split('|');
  return { word, line };
}
