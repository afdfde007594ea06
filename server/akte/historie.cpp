// The history of every object, in words for people.
#include <fmt/format.h>

#include "akte/registratur.h"
#include "stand.h"

namespace akte {
namespace {

using base::Result;
using http::None;
using http::Verb;
using mandant::rowById;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

struct HistorieEintrag {
  std::int64_t nr = 0;
  base::Zeitpunkt zeit{};
  std::optional<PersonKurz> person{}, vertretungFuer{};
  std::string aktion{}, satz{};
  std::vector<AenderungAusgabe> aenderungen{};
  bool umkehrbar = false;  ///< one's own, of a kind that can be taken back
};
BOOST_DESCRIBE_STRUCT(HistorieEintrag, (), (nr, zeit, person, vertretungFuer, aktion, satz, aenderungen, umkehrbar))

struct HistorieAusgabe {
  std::vector<HistorieEintrag> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(HistorieAusgabe, (), (eintraege, nach))

/// What each action is called; {0} is who, {1} the object's name.
struct Satz {
  std::string_view aktion, de, en;
};
constexpr Satz saetze[] = {
    {"mandant.angelegt", "{0} hat den Mandanten {1} angelegt.", "{0} made the tenant {1}."},
    {"mandant.geaendert", "{0} hat die Einstellungen von {1} geändert.", "{0} changed the settings of {1}."},
    {"organisationseinheit.angelegt", "{0} hat die Organisationseinheit {1} angelegt.", "{0} made the unit {1}."},
    {"organisationseinheit.geaendert", "{0} hat die Organisationseinheit {1} geändert.", "{0} changed the unit {1}."},
    {"stelle.angelegt", "{0} hat die Stelle {1} angelegt.", "{0} made the post {1}."},
    {"stelle.geaendert", "{0} hat die Stelle {1} geändert.", "{0} changed the post {1}."},
    {"stelle.besetzt", "{0} hat die Besetzung der Stelle {1} geändert.", "{0} changed who holds the post {1}."},
    {"person.angelegt", "{0} hat die Person {1} angelegt.", "{0} made the person {1}."},
    {"person.geaendert", "{0} hat die Angaben zu {1} geändert.", "{0} changed the person {1}."},
    {"person.kennwort_gesetzt", "{0} hat das Passwort von {1} gesetzt.", "{0} set the password of {1}."},
    {"zugriff.angelegt", "{0} hat den Zugriff {1} angelegt.", "{0} made the access {1}."},
    {"zugriff.geaendert", "{0} hat den Zugriff {1} geändert.", "{0} changed the access {1}."},
    {"token.angelegt", "{0} hat einen API-Token angelegt.", "{0} made an API token."},
    {"token.entfernt", "{0} hat einen API-Token zurückgezogen.", "{0} withdrew an API token."},
    {"aktenplaneinheit.angelegt", "{0} hat den Aktenplaneintrag {1} angelegt.", "{0} made the plan entry {1}."},
    {"aktenplaneinheit.geaendert", "{0} hat den Aktenplaneintrag {1} geändert.", "{0} changed the plan entry {1}."},
    {"aktenplaneinheit.verschoben", "{0} hat den Aktenplaneintrag {1} verschoben.", "{0} moved the plan entry {1}."},
    {"aktenplaneinheit.entfernt", "{0} hat einen Aktenplaneintrag entfernt.", "{0} removed a plan entry."},
    {"aktenplaneinheit.aussonderung", "{0} hat die Aussonderungsdaten von {1} geändert.",
     "{0} changed the disposal data of {1}."},
    {"aktenplan.eingelesen", "{0} hat einen Aktenplan eingelesen.", "{0} read in a plan."},
    {"zurueckgenommen", "{0} hat eine eigene Änderung an {1} rückgängig gemacht.",
     "{0} took back an own change of {1}."},
    {"akte.angelegt", "{0} hat die Akte {1} angelegt.", "{0} opened the Akte {1}."},
    {"akte.geaendert", "{0} hat die Akte {1} geändert.", "{0} changed the Akte {1}."},
    {"akte.zugriff_gesetzt", "{0} hat den Zugriff auf die Akte {1} geändert.", "{0} changed who reaches the Akte {1}."},
    {"akte.aussonderung", "{0} hat die Aussonderungsdaten der Akte {1} geändert.",
     "{0} changed the disposal data of the Akte {1}."},
    {"vorgang.aussonderung", "{0} hat die Aussonderungsdaten des Vorgangs {1} geändert.",
     "{0} changed the disposal data of the Vorgang {1}."},
    {"akte.zda", "{0} hat die Akte {1} zu den Akten verfügt.", "{0} closed the Akte {1}."},
    {"akte.zda_aufgehoben", "{0} hat die zdA-Verfügung der Akte {1} aufgehoben.", "{0} reopened the Akte {1}."},
    {"vorgang.angelegt", "{0} hat den Vorgang {1} angelegt.", "{0} opened the Vorgang {1}."},
    {"vorgang.geaendert", "{0} hat den Vorgang {1} geändert.", "{0} changed the Vorgang {1}."},
    {"vorgang.zugriff_gesetzt", "{0} hat den Zugriff auf den Vorgang {1} geändert.",
     "{0} changed who reaches the Vorgang {1}."},
    {"vorgang.zda", "{0} hat den Vorgang {1} zu den Akten verfügt.", "{0} closed the Vorgang {1}."},
    {"vorgang.zda_aufgehoben", "{0} hat die zdA-Verfügung des Vorgangs {1} aufgehoben.",
     "{0} reopened the Vorgang {1}."},
    {"eingang.erfasst", "{0} hat den Eingang {1} erfasst.", "{0} recorded the incoming {1}."},
    {"eingang.weitergereicht", "{0} hat den Eingang {1} einer anderen Organisationseinheit gegeben.",
     "{0} handed the incoming {1} to another unit."},
    {"dokument.quarantaene", "Der Virenscanner hat an {1} etwas gefunden; die Datei liegt in der Quarantäne.",
     "The malware scanner found something in {1}; the file is in quarantine."},
    {"dokument.geprueft", "Die Virenprüfung von {1} ist abgeschlossen.", "The malware check of {1} is done."},
    {"dokument.freigegeben", "{0} hat {1} aus der Quarantäne freigegeben.", "{0} released {1} from quarantine."},
    {"dokument.kassiert", "{0} hat die Datei von {1} kassiert.", "{0} discarded the file of {1}."},
    {"scan.geprueft", "{0} hat den Scan {1} der Stichprobe geprüft.", "{0} looked at the sampled scan {1}."},
    {"scan.papier", "{0} hat die Aufbewahrung des Papiers zu {1} geändert.",
     "{0} changed how long the paper of {1} is kept."},
    {"scan.vernichtet", "{0} hat vermerkt, dass das Papier zu {1} vernichtet ist.",
     "{0} noted that the paper of {1} is destroyed."},
    {"dokument.angelegt", "{0} hat das Dokument {1} angelegt.", "{0} added the Dokument {1}."},
    {"dokument.geaendert", "{0} hat das Dokument {1} geändert.", "{0} changed the Dokument {1}."},
    {"dokument.version", "{0} hat eine neue Version von {1} gespeichert.", "{0} saved a new version of {1}."},
    {"dokument.version_wiederhergestellt", "{0} hat eine frühere Version von {1} wiederhergestellt.",
     "{0} restored an earlier version of {1}."},
    {"dokument.abgelegt", "{0} hat das Dokument {1} abgelegt.", "{0} filed the Dokument {1}."},
    {"akte.umgeschrieben", "{0} hat die Akte {1} umgeschrieben.", "{0} moved the Akte {1} to another place."},
    {"akte.kopiert", "{0} hat die Akte {1} nach einer anderen angelegt.", "{0} opened the Akte {1} as a copy."},
    {"vorgang.umgeschrieben", "{0} hat den Vorgang {1} umgeschrieben.", "{0} moved the Vorgang {1} to another Akte."},
    {"vorgang.kopiert", "{0} hat den Vorgang {1} nach einem anderen angelegt.",
     "{0} opened the Vorgang {1} as a copy."},
    {"vorgang.zusammengelegt", "{0} hat Vorgänge zu {1} zusammengelegt.", "{0} merged Vorgänge into {1}."},
    {"vorgang.geteilt", "{0} hat Dokumente in den neuen Vorgang {1} gelegt.",
     "{0} put Dokumente into the new Vorgang {1}."},
    {"schlagworte.gesetzt", "{0} hat die Schlagworte von {1} geändert.", "{0} changed the keywords of {1}."},
    {"verweis.gesetzt", "{0} hat an {1} einen Verweis gesetzt.", "{0} set a reference at {1}."},
    {"verweis.entfernt", "{0} hat an {1} einen Verweis entfernt.", "{0} removed a reference at {1}."},
    {"beteiligung.gesetzt", "{0} hat an {1} einen Beteiligten eingetragen.", "{0} added a participant to {1}."},
    {"beteiligung.entfernt", "{0} hat an {1} einen Beteiligten gestrichen.", "{0} removed a participant of {1}."},
    {"vorlage.gesetzt", "{0} hat {1} als Vorlage angeboten.", "{0} offered {1} as a template."},
    {"vorlage.entfernt", "{0} hat {1} als Vorlage zurückgezogen.", "{0} withdrew {1} as a template."},
    {"vorgang.felder_gesetzt", "{0} hat die Felder von {1} geändert.", "{0} changed the fields of {1}."},
    {"feldart.angelegt", "{0} hat ein Feld angelegt.", "{0} added a field."},
    {"feldart.geaendert", "{0} hat ein Feld geändert.", "{0} changed a field."},
    {"akte.standort", "{0} hat Medium oder Standort der Akte {1} geändert.",
     "{0} changed medium or place of the Akte {1}."},
    {"akte.ausgeliehen", "{0} hat das Papier der Akte {1} ausgeliehen.", "{0} lent the paper of the Akte {1}."},
    {"akte.zurueckgegeben", "{0} hat das Papier der Akte {1} zurückgenommen.",
     "{0} took back the paper of the Akte {1}."},
    {"vertretung.gesetzt", "{0} hat eine Vertretung für {1} eingetragen.", "{0} named a deputy for {1}."},
    {"vertretung.beendet", "{0} hat eine Vertretung für {1} beendet.", "{0} ended a deputy of {1}."},
    {"organisation.eingelesen", "{0} hat Personen und Stellen eingelesen.", "{0} read in people and posts."},
    {"kontakt.angelegt", "{0} hat den Kontakt {1} angelegt.", "{0} made the contact {1}."},
    {"kontakt.geaendert", "{0} hat den Kontakt {1} geändert.", "{0} changed the contact {1}."},
    {"kontakt.vereint", "{0} hat einen anderen Kontakt mit {1} vereint.", "{0} merged another contact into {1}."},
    {"ablageregel.angelegt", "{0} hat eine Regel angelegt: Briefe von {1} werden hier vorgeschlagen.",
     "{0} made a rule: letters from {1} are proposed here."},
    {"ablageregel.entfernt", "{0} hat die Regel für Briefe von {1} entfernt.",
     "{0} removed the rule for letters from {1}."},
    {"dokument.zurueck", "{0} hat das Dokument {1} in den Posteingang zurückgelegt.",
     "{0} put the Dokument {1} back into the Posteingang."},
    {"dokument.getrennt", "{0} hat den Stapel {1} an seinen Trennblättern getrennt.",
     "{0} parted the stack {1} at its separator sheets."},
    {"anlage.angelegt", "{0} hat die Anlage {1} hinzugefügt.", "{0} added the Anlage {1}."},
    {"akte.storniert", "{0} hat die Akte {1} storniert.", "{0} cancelled the Akte {1}."},
    {"akte.storno_aufgehoben", "{0} hat das Storno der Akte {1} aufgehoben.",
     "{0} took back the Storno of the Akte {1}."},
    {"akte.loeschung_beantragt", "{0} hat beantragt, die Akte {1} zu löschen.",
     "{0} asked for the Akte {1} to be deleted."},
    {"akte.loeschung_zurueckgezogen", "{0} hat den Löschantrag zur Akte {1} zurückgezogen.",
     "{0} withdrew the request to delete the Akte {1}."},
    {"akte.loeschung_abgelehnt", "{0} hat die Löschung der Akte {1} abgelehnt.", "{0} refused to delete the Akte {1}."},
    {"akte.geloescht", "{0} hat die Löschung der Akte {1} bestätigt; sie ist endgültig gelöscht.",
     "{0} confirmed the deletion of the Akte {1}; it is gone for good."},
    {"vorgang.storniert", "{0} hat den Vorgang {1} storniert.", "{0} cancelled the Vorgang {1}."},
    {"vorgang.storno_aufgehoben", "{0} hat das Storno des Vorgangs {1} aufgehoben.",
     "{0} took back the Storno of the Vorgang {1}."},
    {"vorgang.weggelegt", "{0} hat den Vorgang {1} weggelegt.", "{0} put the Vorgang {1} aside."},
    {"vorgang.weglegen_aufgehoben", "{0} hat den weggelegten Vorgang {1} wieder aufgenommen.",
     "{0} took up the Vorgang {1} again."},
    {"vorgang.loeschung_beantragt", "{0} hat beantragt, den Vorgang {1} zu löschen.",
     "{0} asked for the Vorgang {1} to be deleted."},
    {"vorgang.loeschung_zurueckgezogen", "{0} hat den Löschantrag zum Vorgang {1} zurückgezogen.",
     "{0} withdrew the request to delete the Vorgang {1}."},
    {"vorgang.loeschung_abgelehnt", "{0} hat die Löschung des Vorgangs {1} abgelehnt.",
     "{0} refused to delete the Vorgang {1}."},
    {"vorgang.geloescht", "{0} hat die Löschung des Vorgangs {1} bestätigt; er ist endgültig gelöscht.",
     "{0} confirmed the deletion of the Vorgang {1}; it is gone for good."},
    {"dokument.storniert", "{0} hat das Dokument {1} storniert.", "{0} cancelled the Dokument {1}."},
    {"dokument.storno_aufgehoben", "{0} hat das Storno des Dokuments {1} aufgehoben.",
     "{0} took back the Storno of the Dokument {1}."},
    {"dokument.weggelegt", "{0} hat das Dokument {1} weggelegt.", "{0} put the Dokument {1} aside."},
    {"dokument.weglegen_aufgehoben", "{0} hat das weggelegte Dokument {1} wieder aufgenommen.",
     "{0} took up the Dokument {1} again."},
    {"dokument.loeschung_beantragt", "{0} hat beantragt, das Dokument {1} zu löschen.",
     "{0} asked for the Dokument {1} to be deleted."},
    {"dokument.loeschung_zurueckgezogen", "{0} hat den Löschantrag zum Dokument {1} zurückgezogen.",
     "{0} withdrew the request to delete the Dokument {1}."},
    {"dokument.loeschung_abgelehnt", "{0} hat die Löschung des Dokuments {1} abgelehnt.",
     "{0} refused to delete the Dokument {1}."},
    {"laufweg.gestartet", "{0} hat {1} auf den Laufweg gegeben.", "{0} started the routing of {1}."},
    {"laufweg.zurueckgeholt", "{0} hat {1} vom Laufweg zurückgeholt.", "{0} recalled {1} from its routing."},
    {"schritte.eingefuegt", "{0} hat Schritte in den Laufweg von {1} eingefügt.",
     "{0} put steps into the routing of {1}."},
    {"schritt.bearbeitung", "{0} hat die Bearbeitung von {1} erledigt.", "{0} did the work on {1}."},
    {"schritt.mitzeichnung", "{0} hat {1} mitgezeichnet.", "{0} co-signed {1}."},
    {"schritt.schlusszeichnung", "{0} hat {1} schlussgezeichnet.", "{0} finally signed {1}."},
    {"schritt.kenntnis", "{0} hat {1} zur Kenntnis genommen.", "{0} took note of {1}."},
    {"schritt.stellungnahme", "{0} hat zu {1} Stellung genommen.", "{0} commented on {1}."},
    {"schritt.pruefung", "{0} hat {1} geprüft.", "{0} checked {1}."},
    {"schritt.ruecksprache", "{0} hat zu {1} Rücksprache gehalten.", "{0} talked about {1}."},
    {"schritt.wiedervorlage", "{0} hat die Wiedervorlage von {1} erledigt.", "{0} dealt with the resubmission of {1}."},
    {"schritt.versand", "{0} hat den Versand von {1} bestätigt.", "{0} confirmed the dispatch of {1}."},
    {"schritt.zurueckgegeben", "{0} hat {1} zurückgegeben.", "{0} returned {1}."},
    {"schritt.uebersprungen", "{0} hat im Laufweg von {1} einen Schritt übersprungen.",
     "{0} skipped a step in the routing of {1}."},
    {"schritt.delegiert", "{0} hat einen Schritt zu {1} weitergegeben.", "{0} handed on a step of {1}."},
    {"schritt.uebernommen", "{0} hat einen Schritt zu {1} übernommen.", "{0} took a step of {1}."},
    {"dokument.geloescht", "{0} hat die Löschung des Dokuments {1} bestätigt; es ist endgültig gelöscht.",
     "{0} confirmed the deletion of the Dokument {1}; it is gone for good."},
};

/// Fields that people know, with their words; others (keys, counters) are not shown.
struct Feld {
  std::string_view spalte, de, en;
};
constexpr Feld felder[] = {
    {"betreff", "Betreff", "Subject"},
    {"bemerkung", "Bemerkung", "Remark"},
    {"absender", "Absender", "Sender"},
    {"art", "Art", "Kind"},
    {"datum", "Datum des Schreibens", "Date of the letter"},
    {"eingangsdatum", "Eingangsdatum", "Received on"},
    {"fremdes_geschaeftszeichen", "Fremdes Geschäftszeichen", "Foreign sign"},
    {"zeichen", "Geschäftszeichen", "Sign"},
    {"status", "Status", "Status"},
    {"zda_datum", "zdA am", "Closed on"},
    {"aufbewahrung_bis", "Aufbewahrung bis", "Kept until"},
    {"bearbeitung", "Bearbeitung", "In the hands of"},
    {"vorgang", "Vorgang", "Vorgang"},
    {"zugriff", "Zugriff", "Access"},
    {"version", "Version", "Version"},
    {"titel", "Titel", "Title"},
    {"beschreibung", "Beschreibung", "Description"},
    {"aufbewahrungsdauer", "Aufbewahrungsdauer (Jahre)", "Retention (years)"},
    {"aussonderungsart", "Aussonderungsart", "Kind of disposal"},
    {"gesperrt", "Gesperrt", "Locked"},
    {"stillgelegt", "Stillgelegt", "Retired"},
    {"gueltig_von", "Gültig von", "Valid from"},
    {"gueltig_bis", "Gültig bis", "Valid until"},
    {"kennzeichen", "Kennzeichen", "Key"},
    {"ueber", "Liegt unter", "Lies under"},
    {"kurzzeichen", "Kurzzeichen", "Short sign"},
    {"bezeichnung", "Bezeichnung", "Name"},
    {"organisationseinheit", "Organisationseinheit", "Unit"},
    {"vorname", "Vorname", "Given name"},
    {"nachname", "Nachname", "Family name"},
    {"email", "E-Mail", "E-mail"},
    {"aktiv", "Aktiv", "Active"},
    {"leitung", "Leitung", "Head"},
};

class Teller {
 public:
  Teller(Tx tx, const Berechtigung& wer, bool english) : tx_(tx), wer_(wer), english_(english) {}

  [[nodiscard]] HistorieEintrag tell(const journal::Eintrag& eintrag) const {
    HistorieEintrag out;
    out.nr = eintrag.nr;
    out.zeit = eintrag.zeit;
    if (eintrag.person != 0) out.person = mandant::personKurz(tx_, wer_.mandant, eintrag.person);
    if (eintrag.fuer != 0) out.vertretungFuer = mandant::personKurz(tx_, wer_.mandant, eintrag.fuer);
    out.aktion = eintrag.aktion;
    std::string who = out.person ? out.person->name : "Aktenlotse";
    if (out.vertretungFuer) who += (english_ ? " (for " : " (i. V. für ") + out.vertretungFuer->name + ")";
    for (const auto& satz : saetze)
      if (satz.aktion == eintrag.aktion)
        out.satz = fmt::format(fmt::runtime(english_ ? satz.en : satz.de), who, nameOf(eintrag));
    out.aenderungen = changes(eintrag);
    out.umkehrbar = eintrag.person == wer_.person && umkehrbar(eintrag.aktion);
    return out;
  }

  /// An entry in an Akte's chain may be about a Dokument or Vorgang that was narrowed: then it is not told.
  [[nodiscard]] bool visible(const journal::Eintrag& eintrag) const {
    if (eintrag.objektArt == DokumentZeile::tabelle) return reaches<DokumentZeile>(eintrag.objekt);
    if (eintrag.objektArt == VorgangZeile::tabelle) return reaches<VorgangZeile>(eintrag.objekt);
    if (eintrag.objektArt == AkteZeile::tabelle) return reaches<AkteZeile>(eintrag.objekt);
    if (eintrag.objektArt == LoeschungZeile::tabelle) return reaches<LoeschungZeile>(eintrag.objekt);
    return true;
  }

  template <class Row>
  [[nodiscard]] bool reaches(std::int64_t id) const {
    const auto row = rowById<Row>(tx_, wer_.mandant, id);
    return row && mandant::stufeFor(tx_, wer_, row->zugriff);
  }

  template <class Row, class Name>
  [[nodiscard]] std::string named(std::int64_t id, Name name) const {
    const auto row = rowById<Row>(tx_, wer_.mandant, id);
    return row ? name(*row) : std::string(english_ ? "(removed)" : "(entfernt)");
  }

  [[nodiscard]] std::string nameOf(const journal::Eintrag& e) const {
    const auto quoted = [](const auto& text) { return "„" + text + "“"; };
    if (e.objektArt == "dokument")
      return named<DokumentZeile>(e.objekt, [&](const auto& row) { return quoted(row.betreff); });
    if (e.objektArt == "vorgang")
      return named<VorgangZeile>(e.objekt, [&](const auto& row) { return row.zeichen + " " + quoted(row.betreff); });
    if (e.objektArt == "akte")
      return named<AkteZeile>(e.objekt, [&](const auto& row) { return row.zeichen + " " + quoted(row.betreff); });
    if (e.objektArt == "aktenplaneinheit")
      return named<AktenplaneinheitZeile>(e.objekt,
                                          [&](const auto& row) { return row.kennzeichen + " " + quoted(row.titel); });
    if (e.objektArt == KontaktZeile::tabelle)
      return named<KontaktZeile>(e.objekt, [](const auto& row) { return akte::nameOf(row); });
    if (e.objektArt == "ablageregel")
      return named<AblageregelZeile>(
          e.objekt, [&](const auto& row) { return quoted(row.absenderName.value_or(row.worte.value_or(""))); });
    if (e.objektArt == "loeschung")
      return named<LoeschungZeile>(e.objekt, [](const auto& row) { return row.zeichen.value_or(""); });
    if (e.objektArt == "person") return named<mandant::PersonZeile>(e.objekt, mandant::nameOf);
    if (e.objektArt == "organisationseinheit")
      return named<mandant::OrganisationseinheitZeile>(e.objekt,
                                                       [&](const auto& row) { return quoted(row.bezeichnung); });
    if (e.objektArt == "stelle")
      return named<mandant::StelleZeile>(e.objekt, [&](const auto& row) { return quoted(row.bezeichnung); });
    if (e.objektArt == "zugriff")
      return named<mandant::ZugriffZeile>(e.objekt, [&](const auto& row) { return quoted(row.bezeichnung); });
    if (e.objektArt == "mandant")
      return named<mandant::MandantZeile>(e.objekt, [&](const auto& row) { return quoted(row.name); });
    return "";
  }

  /// A value in words: names for keys, yes and no for truth values.
  [[nodiscard]] OptText value(std::string_view spalte, const boost::json::object* side) const {
    const auto* json = side == nullptr ? nullptr : side->if_contains(spalte);
    if (json == nullptr || json->is_null()) return std::nullopt;
    const auto hidden = [&] { return std::string(english_ ? "(not visible to you)" : "(für Sie nicht sichtbar)"); };
    if (spalte == "zeichen") {
      // A Dokument's sign is made from that of the Vorgang in which it lies, or lay.
      const auto* vorgang = side->if_contains("vorgang");
      if (vorgang != nullptr && vorgang->is_int64() && !reaches<VorgangZeile>(vorgang->get_int64())) return hidden();
    }
    if (json->is_string()) return std::string(json->get_string());
    const auto number = json->to_number<std::int64_t>();
    if (spalte == "bearbeitung") return named<mandant::PersonZeile>(number, mandant::nameOf);
    if (spalte == "zugriff")
      return named<mandant::ZugriffZeile>(number, [](const auto& row) { return row.bezeichnung; });
    if (spalte == "organisationseinheit")
      return named<mandant::OrganisationseinheitZeile>(number, [](const auto& row) { return row.bezeichnung; });
    if (spalte == "vorgang") {
      if (!reaches<VorgangZeile>(number)) return hidden();
      return named<VorgangZeile>(number, [](const auto& row) { return row.zeichen; });
    }
    if (spalte == "ueber") return named<AktenplaneinheitZeile>(number, [](const auto& row) { return row.kennzeichen; });
    if (spalte == "gesperrt" || spalte == "stillgelegt" || spalte == "aktiv" || spalte == "leitung")
      return std::string(number != 0 ? (english_ ? "yes" : "ja") : (english_ ? "no" : "nein"));
    return std::to_string(number);
  }

  /// The fields that people know in which two states of a row of `tabelle` differ.
  void differences(std::string_view tabelle, const boost::json::object& alt, const boost::json::object& neu,
                   std::vector<AenderungAusgabe>& out) const {
    for (const auto& feld : felder)
      if ((feld.spalte != "ueber" || tabelle == AktenplaneinheitZeile::tabelle) && neu.contains(feld.spalte) &&
          (!alt.contains(feld.spalte) || alt.at(feld.spalte) != neu.at(feld.spalte)))
        out.push_back({std::string(english_ ? feld.en : feld.de), value(feld.spalte, &alt), value(feld.spalte, &neu)});
  }

 private:
  [[nodiscard]] std::vector<AenderungAusgabe> changes(const journal::Eintrag& eintrag) const {
    std::vector<AenderungAusgabe> out;
    const auto json = boost::json::parse(eintrag.aenderungen);
    for (const auto& step : json.as_array()) {
      const auto& object = step.as_object();
      const auto* alt = object.if_contains("alt");
      const auto* neu = object.if_contains("neu");
      // Only changed values of the object itself: what came with its making is told by the sentence.
      if (alt == nullptr || neu == nullptr || std::string_view(object.at("t").as_string()) != eintrag.objektArt ||
          object.at("id").as_int64() != eintrag.objekt)
        continue;
      differences(eintrag.objektArt, alt->as_object(), neu->as_object(), out);
    }
    return out;
  }

  Tx tx_;
  const Berechtigung& wer_;
  bool english_;
};

struct Ziel {
  std::int64_t objekt = 0, kette = 0;
};

Result<HistorieAusgabe> historie(Tx tx, const Berechtigung& wer, const Ziel& ziel, const Seite& seite, bool english) {
  AKTENLOTSE_GET(limit, limitOf(seite.limit));
  AKTENLOTSE_GET(before, cursorOf(seite.nach));
  const Teller teller(tx, wer, english);
  HistorieAusgabe out;
  // Pages are filled with what is visible: a short one, or one more, would tell that something lies between.
  for (std::int64_t at = before;;) {
    const auto entries = journal::history(tx, wer.mandant, ziel.objekt, ziel.kette, at, limit);
    for (const auto& entry : entries) {
      at = entry.nr;
      if (!teller.visible(entry)) continue;
      if (static_cast<std::int64_t>(out.eintraege.size()) == limit) {
        out.nach = std::to_string(out.eintraege.back().nr);
        return out;
      }
      out.eintraege.push_back(teller.tell(entry));
    }
    if (static_cast<std::int64_t>(entries.size()) < limit) return out;
  }
}

/// A history route; `find` gives the object for those who may see it.
template <class Find>
void addHistorie(http::Routes& routes, Zugang& zugang, std::string pattern, std::string_view id, std::string_view recht,
                 Find find) {
  routes.add<None, Seite, HistorieAusgabe>(
      Verb::get, std::move(pattern),
      {.id = id, .tag = "Historie", .summary = "Who did what to it, newest first", .recht = recht},
      [&zugang, find](const auto& call) {
        return zugang.read<HistorieAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<HistorieAusgabe> {
          AKTENLOTSE_GET(ziel, find(tx, wer, call.id));
          return historie(tx, wer, ziel, call.query, call.request.english());
        });
      });
}

template <class Row>
Result<Ziel> plainRow(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = mandant::rowByUuid<Row>(tx, wer.mandant, uuid);
  if (!row) return base::fail(base::Code::NichtGefunden);
  return Ziel{row->id, 0};
}

}  // namespace

std::vector<AenderungAusgabe> unterschiede(const sql::ReadTx& tx, const Berechtigung& wer, bool english,
                                           const boost::json::object& alt, const boost::json::object& neu) {
  std::vector<AenderungAusgabe> out;
  Teller(tx, wer, english).differences("", alt, neu, out);
  return out;
}

void addHistorieRoutes(http::Routes& routes, Zugang& zugang) {
  addHistorie(routes, zugang, "/api/akten/{id}/historie", "akteHistorie", "",
              [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Ziel> {
                AKTENLOTSE_GET(mit, findAkte(tx, wer, uuid));
                return Ziel{mit.akte.id, mit.akte.id};
              });
  addHistorie(routes, zugang, "/api/vorgaenge/{id}/historie", "vorgangHistorie", "",
              [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Ziel> {
                AKTENLOTSE_GET(mit, findVorgang(tx, wer, uuid));
                return Ziel{mit.vorgang.id, 0};
              });
  addHistorie(routes, zugang, "/api/dokumente/{id}/historie", "dokumentHistorie", "",
              [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Ziel> {
                AKTENLOTSE_GET(mit, findDokument(tx, wer, uuid));
                return Ziel{mit.dokument.id, 0};
              });
  addHistorie(routes, zugang, "/api/aktenplaneinheiten/{id}/historie", "aktenplaneinheitHistorie", "",
              plainRow<AktenplaneinheitZeile>);
  addHistorie(routes, zugang, "/api/personen/{id}/historie", "personHistorie", "personPflegen",
              plainRow<mandant::PersonZeile>);
  addHistorie(routes, zugang, "/api/stellen/{id}/historie", "stelleHistorie", "organisationPflegen",
              plainRow<mandant::StelleZeile>);
  addHistorie(routes, zugang, "/api/organisationseinheiten/{id}/historie", "organisationseinheitHistorie",
              "organisationPflegen", plainRow<mandant::OrganisationseinheitZeile>);
  addHistorie(routes, zugang, "/api/kontakte/{id}/historie", "kontaktHistorie", "",
              [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Ziel> {
                AKTENLOTSE_GET(row, findKontakt(tx, wer, uuid));
                return Ziel{row.id, 0};
              });
  addHistorie(routes, zugang, "/api/zugriffe/{id}/historie", "zugriffHistorie", "zugriffPflegen",
              plainRow<mandant::ZugriffZeile>);
}

}  // namespace akte
