// The journal gives the tables: what random work has made comes out again when its entries are replayed.
#include <random>

#include "support/play.h"
#include "support/property.h"

namespace rc {
template <>
struct Arbitrary<engines::Step> {
  static Gen<engines::Step> arbitrary() {
    const auto small = gen::inRange(0U, 5040U);
    return gen::build<engines::Step>(gen::set(&engines::Step::kind, gen::inRange(0U, engines::Play::kinds)),
                                     gen::set(&engines::Step::a, small), gen::set(&engines::Step::b, small),
                                     gen::set(&engines::Step::c, small));
  }
};
}  // namespace rc

namespace engines {
namespace {

class Replay : public OnBothEngines {};
ON_BOTH_ENGINES(Replay);

/// Every row of what the journal keeps, and of the journal itself, as text.
std::vector<std::string> rowsOf(sql::Database& database, std::int64_t mandant) {
  static const sql::Table kopf{"journal_kopf",
                               {{"mandant", sql::Kind::integer, false},
                                {"kette", sql::Kind::integer, false},
                                {"nr", sql::Kind::integer, false},
                                {"hash", sql::Kind::text, false}}};
  static const sql::Table zaehler{"zaehler",
                                  {{"mandant", sql::Kind::integer, false}, {"wert", sql::Kind::integer, false}}};
  std::vector<std::string> rows;
  database.read(mandant, [&](const sql::ReadTx& tx) {
    const auto add = [&](const sql::Table& table, const sql::Query& query) {
      tx.eachValues(table, query, [&](std::vector<sql::Value>&& values) {
        auto& row = rows.emplace_back(table.name);
        for (const auto& value : values) {
          row += " | ";
          if (const auto* number = std::get_if<std::int64_t>(&value)) row += std::to_string(*number);
          if (const auto* text = std::get_if<std::string>(&value)) row += "'" + *text + "'";
        }
      });
    };
    for (const auto* table : suche::journalTabellen()) add(*table, sql::Query::selectAll(*table, mandant));
    add(sql::tableOf<journal::Eintrag>(),
        sql::Query::select<journal::Eintrag>().add(" FROM journal WHERE mandant = :m ORDER BY nr", mandant));
    add(kopf,
        sql::Query("SELECT mandant, kette, nr, hash FROM journal_kopf WHERE mandant = :m ORDER BY kette", mandant));
    add(zaehler, sql::Query("SELECT mandant, wert FROM zaehler WHERE mandant = :m", mandant));
  });
  return rows;
}

TEST_P(Replay, givesTheSameTables) {
  forAll(12, 100, [&](const std::vector<Step>& first, const std::vector<Step>& second, bool sameEngine) {
    World world(GetParam());
    Town stadt(world, "stadt"), kreis(world, "kreis");
    int changes = 0;
    Play a(stadt), b(kreis);
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
      if (i < first.size()) changes += a.step(first[i]) ? 1 : 0;
      if (i < second.size()) changes += b.step(second[i]) ? 1 : 0;
    }
    RC_TAG(changes / 20 * 20);
    RC_ASSERT(world.check() == Findings());
    const auto other = GetParam() == Engine::sqlite ? Engine::postgres : Engine::sqlite;
    const FreshDatabase fresh(sameEngine ? GetParam() : other, FreshDatabase::Kind::migrated);
    sql::Database copy(fresh.address());
    for (const auto mandant : {stadt.mandant, kreis.mandant}) {
      world.read(mandant, [&](const sql::ReadTx& from) {
        copy.write(mandant,
                   [&](sql::WriteTx& into) { journal::replay(from, into, mandant, suche::journalTabellen()); });
      });
      RC_ASSERT(rowsOf(copy, mandant) == rowsOf(world.database, mandant));
    }
  });
}

/// The plays are worth something: most use cases succeed in them.
TEST_P(Replay, randomWorkReachesEveryUseCase) {
  World world(GetParam());
  Town town(world);
  Play play(town);
  std::set<std::string> actions;
  std::mt19937 random(4);  // NOLINT(cert-msc51-cpp): the same plays every time
  for (int i = 0; i < 1500; ++i) {
    const auto next = [&] { return static_cast<unsigned>(random() % 5040); };
    const auto kind = next(), x = next(), y = next(), z = next();
    play.step({i < 900 ? kind % Play::uebergaenge : Play::uebergaenge, x, y, z});
  }
  for (const auto& row : world.fresh.raw()("SELECT DISTINCT aktion FROM journal")) actions.insert(*row[0]);
  for (const auto* action : {"organisationseinheit.angelegt",
                             "organisationseinheit.geaendert",
                             "stelle.angelegt",
                             "stelle.geaendert",
                             "stelle.besetzt",
                             "person.geaendert",
                             "zugriff.angelegt",
                             "zugriff.geaendert",
                             "token.angelegt",
                             "aktenplaneinheit.angelegt",
                             "aktenplaneinheit.geaendert",
                             "mandant.geaendert",
                             "akte.angelegt",
                             "akte.geaendert",
                             "akte.zugriff_gesetzt",
                             "akte.zda",
                             "akte.zda_aufgehoben",
                             "vorgang.angelegt",
                             "vorgang.geaendert",
                             "vorgang.zugriff_gesetzt",
                             "vorgang.zda",
                             "vorgang.zda_aufgehoben",
                             "eingang.erfasst",
                             "dokument.angelegt",
                             "anlage.angelegt",
                             "dokument.version",
                             "dokument.geaendert",
                             "dokument.zurueck",
                             "dokument.abgelegt",
                             "schlagworte.gesetzt",
                             "verweis.gesetzt",
                             "kontakt.angelegt",
                             "kontakt.vereint",
                             "beteiligung.gesetzt",
                             "vorlage.gesetzt",
                             "feldart.angelegt",
                             "vorgang.felder_gesetzt",
                             "akte.umgeschrieben",
                             "vorgang.umgeschrieben",
                             "vorgang.kopiert",
                             "zurueckgenommen",
                             "akte.storniert",
                             "akte.storno_aufgehoben",
                             "akte.loeschung_beantragt",
                             "vorgang.storniert",
                             "vorgang.storno_aufgehoben",
                             "vorgang.weggelegt",
                             "dokument.storniert",
                             "dokument.storno_aufgehoben",
                             "dokument.weggelegt",
                             "dokument.weglegen_aufgehoben",
                             "dokument.loeschung_beantragt",
                             "dokument.loeschung_abgelehnt",
                             "dokument.geloescht"})
    EXPECT_TRUE(actions.contains(action)) << action;
  EXPECT_EQ(world.check(), Findings());
}

}  // namespace
}  // namespace engines
