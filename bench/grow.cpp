// Makes a database of many documents from one that was imported: halves of its texts, put together anew, under other
// headings, on files of 2,000 different accesses. The first clerk sees all of them, the second every tenth.
#include <iostream>
#include <stdexcept>

#include "bench.h"
#include "suche/suche.h"

namespace bench {
namespace {

constexpr std::int64_t accesses = 2000;
constexpr std::size_t groupSize = 500;

struct Vorbild {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Vorbild, (), (id))

class Grower {
 public:
  Grower(sql::Database& database, std::int64_t mandant) : database_(database), mandant_(mandant) {
    database_.read(mandant_, [&](const sql::ReadTx& tx) {
      for (const auto& row : tx.query<Vorbild>("SELECT id FROM dokument WHERE mandant = :mandant AND kanal = 'import' "
                                               "AND ueber IS NULL ORDER BY id",
                                               mandant_))
        models_.push_back(row.id);
      next_ = tx.value<std::int64_t>("SELECT wert FROM zaehler WHERE mandant = :mandant", mandant_).value();
    });
    if (models_.empty()) throw std::runtime_error("nothing was imported");
  }

  /// Spreads rights over what is there and what comes.
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
        for (const auto who : {person(all), i % 10 == 0 ? person(few) : 0})
          if (who != 0)
            tx.exec("INSERT INTO person_zugriff (mandant, person, zugriff, stufe) VALUES (:m, :p, :z, 'lesen')",
                    mandant_, who, row.id);
      }
    });
  }

  void grow(std::size_t count) {
    std::size_t made = models_.size();
    for (std::size_t at = 0; at < models_.size(); at += groupSize)
      database_.write(mandant_, [&](sql::WriteTx& tx) {
        for (std::size_t i = at; i < std::min(at + groupSize, models_.size()); ++i) {
          tx.exec("UPDATE dokument SET zugriff = :zugriff WHERE mandant = :mandant AND id = :id", some(i), mandant_,
                  models_[i]);
          index_.refresh(tx, mandant_, akte::SuchArt::dokument, models_[i]);
        }
      });
    while (made < count) {
      database_.write(mandant_, [&](sql::WriteTx& tx) {
        for (std::size_t i = 0; i < groupSize && made < count; ++i) copy(tx, made++);
        tx.exec("UPDATE zaehler SET wert = :wert WHERE mandant = :mandant", next_, mandant_);
      });
      if (made % 50'000 == 0) std::cerr << made << " documents\n";
    }
  }

 private:
  std::int64_t some(std::size_t i) const { return zugriffe_[i * 7919 % zugriffe_.size()]; }

  std::string textOf(const sql::ReadTx& tx, std::int64_t dokument) const {
    return tx
        .value<std::string>(
            "SELECT t.text FROM version v JOIN volltext t ON t.mandant = v.mandant AND t.version = v.id "
            "WHERE v.mandant = :mandant AND v.dokument = :dokument",
            mandant_, dokument)
        .value();
  }

  void copy(sql::WriteTx& tx, std::size_t number) {
    const auto first = models_[number * 31 % models_.size()],
               second = models_[(number * 17 + number / 7) % models_.size()];
    auto row = mandant::rowById<akte::DokumentZeile>(tx, mandant_, first).value();
    row.id = ++next_;
    row.uuid = base::Uuid::make(1'700'000'000'000 + next_);
    row.zeichen.reset();
    row.betreff = "Blatt " + std::to_string(number) + " " + row.betreff;
    row.absender = "Absender " + std::to_string(number % 5000);
    row.datum = base::Datum::of(1990 + static_cast<int>(number % 36), 1 + static_cast<int>(number % 12),
                                1 + static_cast<int>(number % 28));
    row.zugriff = some(number);
    tx.exec(sql::Query::insertInto(sql::tableOf<akte::DokumentZeile>(), sql::valuesOf(row)));
    auto version = tx
                       .one<akte::VersionZeile>(sql::Query::select<akte::VersionZeile>().add(
                           " FROM version WHERE mandant = :mandant AND dokument = :dokument", mandant_, first))
                       .value();
    version.id = ++next_;
    version.dokument = row.id;
    tx.exec(sql::Query::insertInto(sql::tableOf<akte::VersionZeile>(), sql::valuesOf(version)));
    const auto one = textOf(tx, first), other = textOf(tx, second);
    akte::VolltextZeile text;
    text.mandant = mandant_;
    text.version = version.id;
    text.text = one.substr(0, one.find(' ', one.size() / 2)) +
                other.substr(std::min(other.size(), other.find(' ', other.size() / 2)));
    text.pruefsumme = akte::pruefsummeOf(text);
    tx.exec(sql::Query::insertInto(sql::tableOf<akte::VolltextZeile>(), sql::valuesOf(text)));
    index_.refresh(tx, mandant_, akte::SuchArt::dokument, row.id);
  }

  sql::Database& database_;
  std::int64_t mandant_;
  suche::Index index_;
  std::vector<std::int64_t> models_{}, zugriffe_{};
  std::int64_t next_ = 0;
};

}  // namespace

void grow(Arguments arguments) {
  sql::Database database(sql::Address::parse(arguments[0]), {});
  const auto mandant =
      database.read(0, [&](const sql::ReadTx& tx) { return mandant::mandantByKey(tx, arguments[1]).value(); });
  Grower grower(database, mandant);
  grower.accessesFor(arguments[2], arguments[3]);
  grower.grow(std::stoul(arguments[4]));
}

}  // namespace bench
