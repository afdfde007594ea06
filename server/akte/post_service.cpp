#include <algorithm>

#include "akte/post.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::OrganisationseinheitZeile;

namespace {

base::Result<std::int64_t> unitId(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid) {
  const auto oe = mandant::rowByUuid<OrganisationseinheitZeile>(tx, mandant, uuid);
  if (!oe) return fail(Code::EingabeUngueltig, "Diese Organisationseinheit gibt es nicht.", "organisationseinheit");
  if (oe->aufgeloest)
    return fail(Code::EingabeUngueltig, "Diese Organisationseinheit ist aufgelöst.", "organisationseinheit");
  return oe->id;
}

/// A plain name: the file lies in the folder that the operator keeps for this tenant.
bool isPlainName(const std::string& name) {
  return !name.empty() && name.front() != '.' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_';
  });
}

base::Result<void> fill(const sql::ReadTx& tx, const PostfachNeu& input, std::int64_t mandant, PostfachZeile& row) {
  const auto wrong = [](const char* text, const char* feld) { return fail(Code::EingabeUngueltig, text, feld); };
  const auto& host = input.host.value;
  if (host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") != std::string::npos)
    return wrong("Erwartet wird der Name eines Rechners.", "host");
  if (input.port < 1 || input.port > 65535) return wrong("Erlaubt sind 1 bis 65535.", "port");
  if (input.minuten < 1 || input.minuten > 1440) return wrong("Erlaubt sind 1 bis 1440 Minuten.", "minuten");
  if (!isPlainName(input.passwortDatei.value))
    return wrong("Erwartet wird der Name einer Datei, ohne Ordner.", "passwortDatei");
  AKTENLOTSE_GET(oe, unitId(tx, mandant, input.organisationseinheit));
  row.bezeichnung = input.bezeichnung.value;
  row.organisationseinheit = oe;
  row.host = host;
  row.port = input.port;
  row.verschluesselung = input.verschluesselung;
  row.benutzer = input.benutzer.value;
  row.passwortDatei = input.passwortDatei.value;
  row.ordner = input.ordner.value;
  row.zielordner = input.zielordner ? OptText(input.zielordner->value) : OptText();
  row.minuten = input.minuten;
  row.aktiv = input.aktiv;
  return {};
}

std::string planKey(const base::Uuid& postfach) { return "postfach:" + postfach.text(); }

void planFor(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt, const PostfachZeile& row) {
  if (row.aktiv)
    jobs::plane(tx, mandant, planKey(row.uuid), "postfach.abholen", nutzlastOf(row), row.minuten * 60, jetzt);
  else
    jobs::planeAb(tx, mandant, planKey(row.uuid));
}

}  // namespace

std::string nutzlastOf(const PostfachZeile& row) { return base::toJson(PostfachAuftrag{row.uuid}); }

base::Result<EingangsadresseZeile> createEingangsadresse(Change& change, const EingangsadresseNeu& input) {
  EingangsadresseZeile row;
  row.uuid = change.newUuid();
  row.adresse = base::foldCase(input.adresse.value);
  if (!jobs::istAdresse(row.adresse) || row.adresse.find('+') != std::string::npos)
    return fail(Code::EingabeUngueltig, "Erwartet wird eine Mailadresse ohne Pluszeichen.", "adresse");
  AKTENLOTSE_GET(oe, unitId(change.tx(), change.mandant(), input.organisationseinheit));
  row.organisationseinheit = oe;
  // The directory belongs to all tenants of the program: an address means one unit in one town.
  if (change.tx().value<std::int64_t>("SELECT mandant FROM mailadresse_verzeichnis WHERE adresse = :adresse",
                                      row.adresse))
    return fail(Code::Vergeben, "Diese Adresse ist schon vergeben.", "adresse");
  change.insert(row);
  folgePost(change.tx(), change.mandant(), change.zeit());
  change.about({"eingangsadresse.angelegt", EingangsadresseZeile::tabelle, row.id});
  return row;
}

base::Result<EingangsadresseZeile> changeEingangsadresse(Change& change, const EingangsadresseZeile& before,
                                                         const base::Uuid& organisationseinheit) {
  auto after = before;
  AKTENLOTSE_GET(oe, unitId(change.tx(), change.mandant(), organisationseinheit));
  after.organisationseinheit = oe;
  change.update(before, after);
  folgePost(change.tx(), change.mandant(), change.zeit());
  change.about({"eingangsadresse.geaendert", EingangsadresseZeile::tabelle, after.id});
  return after;
}

void eraseEingangsadresse(Change& change, const EingangsadresseZeile& row) {
  change.erase(row);
  folgePost(change.tx(), change.mandant(), change.zeit());
  change.about({"eingangsadresse.entfernt", EingangsadresseZeile::tabelle, row.id});
}

base::Result<PostfachZeile> createPostfach(Change& change, const PostfachNeu& input) {
  PostfachZeile row;
  row.uuid = change.newUuid();
  AKTENLOTSE_TRY(fill(change.tx(), input, change.mandant(), row));
  change.insert(row);
  planFor(change.tx(), change.mandant(), change.zeit(), row);
  change.about({"postfach.angelegt", PostfachZeile::tabelle, row.id});
  return row;
}

base::Result<PostfachZeile> changePostfach(Change& change, const PostfachZeile& before, const PostfachNeu& input) {
  auto after = before;
  AKTENLOTSE_TRY(fill(change.tx(), input, change.mandant(), after));
  change.update(before, after);
  planFor(change.tx(), change.mandant(), change.zeit(), after);
  change.about({"postfach.geaendert", PostfachZeile::tabelle, after.id});
  return after;
}

void folgePost(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt) {
  tx.exec("DELETE FROM mailadresse_verzeichnis WHERE mandant = :mandant", mandant);
  tx.exec(
      "INSERT INTO mailadresse_verzeichnis (adresse, mandant, organisationseinheit) SELECT adresse, mandant, "
      "organisationseinheit FROM eingangsadresse WHERE mandant = :mandant",
      mandant);
  const auto boxes = mandant::allRows<PostfachZeile>(tx, mandant);
  std::vector<std::string> planned;
  static const sql::Table plan{"auftrag_plan", {{"schluessel", sql::Kind::text, false}}};
  tx.eachValues(plan,
                sql::Query("SELECT schluessel FROM auftrag_plan WHERE mandant = :mandant AND schluessel LIKE "
                           "'postfach:%'",
                           mandant),
                [&](std::vector<sql::Value>&& row) { planned.push_back(std::get<std::string>(row[0])); });
  for (const auto& key : planned)
    if (std::ranges::none_of(boxes, [&](const auto& box) { return planKey(box.uuid) == key; }))
      jobs::planeAb(tx, mandant, key);
  for (const auto& box : boxes) planFor(tx, mandant, jetzt, box);
}

}  // namespace akte
