// Fills a database with very many Akten, quickly: rows as they are, without journal and search, for measuring lists.
// One clerk sees all of them, the other every hundredth.
#include <iostream>
#include <stdexcept>

#include "akte/schriftgut.h"
#include "bench.h"

namespace bench {
namespace {

constexpr std::int64_t groupSize = 5000, accesses = 2000;

struct Blatt {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Blatt, (), (id))

class Filler {
 public:
  Filler(sql::Database& database, std::int64_t mandant) : database_(database), mandant_(mandant) {
    database_.read(mandant_, [&](const sql::ReadTx& tx) {
      const auto model = tx.one<akte::AkteZeile>(sql::Query::select<akte::AkteZeile>().add(
          " FROM akte WHERE mandant = :mandant ORDER BY id LIMIT 1", mandant_));
      if (!model) throw std::runtime_error("there is no Akte to copy");
      model_ = *model;
      // Those that have no entries below them.
      leaves_ = tx.query<Blatt>(
          "SELECT e.id FROM aktenplaneinheit e WHERE e.mandant = :mandant AND NOT EXISTS (SELECT 1 FROM "
          "aktenplaneinheit u WHERE u.mandant = e.mandant AND u.ueber = e.id) ORDER BY e.id",
          mandant_);
      next_ = tx.value<std::int64_t>("SELECT wert FROM zaehler WHERE mandant = :mandant", mandant_).value();
    });
  }

  void accessesFor(const std::string& all, const std::string& few) {
    database_.write(mandant_, [&](sql::WriteTx& tx) {
      const auto person = [&](const std::string& name) {
        return tx
            .value<std::int64_t>("SELECT id FROM person WHERE mandant = :mandant AND anmeldename = :name", mandant_,
                                 name)
            .value();
      };
      for (std::int64_t i = 0; i < accesses; ++i) {
        mandant::ZugriffZeile row{mandant_, ++next_, base::Uuid::make(1'700'000'000'000 + next_), 1,
                                  "Bench " + std::to_string(i)};
        tx.exec(sql::Query::insertInto(sql::tableOf<mandant::ZugriffZeile>(), sql::valuesOf(row)));
        zugriffe_.push_back(row.id);
        for (const auto who : {person(all), i % 100 == 0 ? person(few) : 0})
          if (who != 0)
            tx.exec("INSERT INTO person_zugriff (mandant, person, zugriff, stufe) VALUES (:m, :p, :z, 'bearbeiten')",
                    mandant_, who, row.id);
      }
    });
  }

  void fill(std::int64_t count) {
    for (std::int64_t made = 0; made < count;) {
      database_.write(mandant_, [&](sql::WriteTx& tx) {
        for (std::int64_t i = 0; i < groupSize && made < count; ++i, ++made) {
          auto row = model_;
          row.id = ++next_;
          row.uuid = base::Uuid::make(1'700'000'000'000 + next_);
          row.aktenplaneinheit = leaves_[static_cast<std::size_t>(made * 31) % leaves_.size()].id;
          row.nummer = 1'000'000 + made;
          row.zeichen = "B-" + std::to_string(made);
          row.betreff = "Akte Nummer " + std::to_string(made);
          row.zugriff = zugriffe_[static_cast<std::size_t>(made * 7919) % zugriffe_.size()];
          tx.exec(sql::Query::insertInto(sql::tableOf<akte::AkteZeile>(), sql::valuesOf(row)));
        }
        tx.exec("UPDATE zaehler SET wert = :wert WHERE mandant = :mandant", next_, mandant_);
      });
      if (made % 100'000 == 0) std::cerr << made << " Akten\n";
    }
  }

 private:
  sql::Database& database_;
  std::int64_t mandant_;
  akte::AkteZeile model_{};
  std::vector<Blatt> leaves_{};
  std::vector<std::int64_t> zugriffe_{};
  std::int64_t next_ = 0;
};

}  // namespace

void akten(Arguments arguments) {
  sql::Database database(sql::Address::parse(arguments[0]), {});
  const auto mandant =
      database.read(0, [&](const sql::ReadTx& tx) { return mandant::mandantByKey(tx, arguments[1]).value(); });
  Filler filler(database, mandant);
  filler.accessesFor(arguments[2], arguments[3]);
  filler.fill(std::stoll(arguments[4]));
}

}  // namespace bench
