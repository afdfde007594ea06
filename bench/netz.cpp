// Fills the network of a database: every town of the register a tenant with its page, people with what each lets be
// seen, practices, events and contributions. What hangs out is made of the rows by the program itself.
#include <fmt/format.h>

#include <iostream>
#include <stdexcept>

#include "bench.h"
#include "netz/beitrag.h"
#include "netz/kommunen.h"
#include "netz/praxis.h"
#include "netz/termin.h"

namespace bench {
namespace {

constexpr std::int64_t firstTenant = 10'000;

class Town {
 public:
  Town(sql::WriteTx& tx, std::int64_t mandant, const netz::Kommune& town) : tx_(tx), mandant_(mandant), town_(town) {
    tx_.exec("INSERT INTO mandant_verzeichnis (mandant, schluessel, name) VALUES (:m, :s, :n)", mandant,
             fmt::format("stadt{}", town.ags), town.name);
    mandant::MandantZeile row{};
    row.mandant = mandant;
    row.id = ++next_;
    row.uuid = uuid();
    row.schluessel = fmt::format("stadt{}", town.ags);
    row.name = town.name;
    row.gebietsschluessel = std::string(town.ags);
    row.land = town.land;
    row.zeichenAkte = row.zeichenVorgang = row.zeichenDokument = "{nummer}";
    insert(row);
  }

  void page(std::size_t number) {
    netz::ProfilZeile row{};
    row.ags = town_.ags;
    row.einfuehrung = static_cast<netz::Einfuehrung>(number % 5);
    row.produkte = fmt::format("Produkt {}", number % 9);
    row.bietet = "Rat zum Scannen";
    row.sucht = "Partner für das Archiv";
    row.sichtbarkeit = number % 4 == 0 ? netz::Sichtbarkeit::land : netz::Sichtbarkeit::netze;
    hang(row);
  }

  void member(std::size_t number) {
    mandant::PersonZeile person{};
    person.vorname = "B";
    person.nachname = fmt::format("Bench {}", number);
    person.anmeldename = fmt::format("bench{}", number);
    person.mandant = mandant_;
    person.id = ++next_;
    person.uuid = uuid();
    insert(person);
    netz::MitgliedZeile row{};
    row.programm = static_cast<netz::Programm>(number % 3);
    row.rolle = number % 20 == 0 ? netz::Netzrolle::lotse : netz::Netzrolle::navigator;
    row.status = netz::Mitgliedstatus::aktiv;
    row.ags = town_.ags;
    row.person = person.id;
    row.seit = base::Datum::of(2023 + static_cast<int>(number % 3), 1 + static_cast<int>(number % 12), 1);
    row.mandant = mandant_;
    row.id = ++next_;
    row.uuid = uuid();
    insert(row);
    for (const auto feld : {netz::Kontaktfeld::name, netz::Kontaktfeld::email, netz::Kontaktfeld::themen}) {
      netz::AngabeZeile angabe{mandant_,
                               ++next_,
                               uuid(),
                               row.id,
                               feld,
                               fmt::format("Bench {} {}", number, next_),
                               static_cast<netz::Sichtbarkeit>(number % 5)};
      insert(angabe);
    }
    netz::zeige(tx_, mandant_, row.uuid, netz::aushangOf(tx_, row));
  }

  void practice(std::size_t number) {
    netz::PraxisZeile row{};
    row.status = netz::Praxisstatus::veroeffentlicht;
    row.titel = fmt::format("Praxis {} in {}", number, town_.name);
    row.problem = "Anträge lagen lange, bevor jemand merkte, dass etwas fehlt.";
    row.schritte = "Prüfen, entwerfen, zeichnen, versenden";
    row.lizenz = "CC BY 4.0";
    row.bestaetigtAm = base::Datum::of(2026, 1 + static_cast<int>(number % 12), 1);
    row.sichtbarkeit = netz::Sichtbarkeit::netze;
    hang(row);
    for (int i = 0; i < 3; ++i) {
      netz::BeitragZeile said{};
      said.art = static_cast<netz::Beitragart>((number + static_cast<std::size_t>(i)) % 7);
      said.bezug = row.uuid.text();
      said.titel = fmt::format("Beitrag {}", i);
      said.sichtbarkeit = netz::Sichtbarkeit::netze;
      hang(said);
    }
  }

  void event(std::size_t number) {
    netz::TerminZeile row{};
    row.art = static_cast<netz::Terminart>(number % 5);
    row.status = netz::Terminstatus::offen;
    row.titel = fmt::format("Veranstaltung {}", number);
    row.beginn = {1'700'000'000'000'000 + static_cast<std::int64_t>(number) * 100'000'000'000};
    row.ende = row.beginn.plusSeconds(3600);
    row.ort = "Rathaus";
    row.plaetze = 20;
    row.sichtbarkeit = netz::Sichtbarkeit::netze;
    hang(row);
  }

 private:
  base::Uuid uuid() { return base::Uuid::make(1'700'000'000'000 + mandant_ * 1000 + next_); }
  template <class Row>
  void insert(const Row& row) {
    tx_.exec(sql::Query::insertInto(sql::tableOf<Row>(), sql::valuesOf(row)));
  }
  template <class Row>
  void hang(Row& row) {
    row.mandant = mandant_;
    row.id = ++next_;
    row.uuid = uuid();
    insert(row);
    netz::zeige(tx_, mandant_, row.uuid, netz::aushangOf(tx_, row));
  }

  sql::WriteTx& tx_;
  std::int64_t mandant_, next_ = 0;
  const netz::Kommune& town_;
};

}  // namespace

void netzFuellen(Arguments arguments) {
  sql::Database database(sql::Address::parse(arguments[0]));
  const auto towns = std::stoull(arguments[1]), people = std::stoull(arguments[2]);
  std::size_t done = 0, members = 0;
  for (const auto& one : netz::mitgeliefert().alle) {
    if (done >= towns) break;
    if (one.art == netz::Kommuneart::landkreis) continue;
    const auto mandant = firstTenant + static_cast<std::int64_t>(done);
    database.write(mandant, [&](sql::WriteTx& tx) {
      Town town(tx, mandant, one);
      town.page(done);
      for (const auto until = people * (done + 1) / towns; members < until; ++members) town.member(members);
      if (done % 2 == 0) town.practice(done);
      town.event(done);
      town.event(done + towns);
    });
    ++done;
  }
  std::cerr << done << " towns, " << members << " people\n";
  if (done < towns) std::cerr << "the register has no more towns\n";
}

}  // namespace bench
