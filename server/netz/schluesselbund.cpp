#include "netz/schluesselbund.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

namespace netz {
namespace {

namespace fs = std::filesystem;

struct SchluesselZeile {
  std::int64_t id = 0;
  std::string oeffentlich{}, geheim{};
};
BOOST_DESCRIBE_STRUCT(SchluesselZeile, (), (id, oeffentlich, geheim))

std::optional<SchluesselZeile> neueste(const sql::ReadTx& tx) {
  return tx.one<SchluesselZeile>("SELECT id, oeffentlich, geheim FROM netz_schluessel ORDER BY id DESC LIMIT 1");
}

}  // namespace

Schluesselpaar Schluesselbund::lies() const {
  std::ifstream file(datei_);
  Schluesselpaar out;
  if (!(file >> out.oeffentlich >> out.geheim) || out.oeffentlich.size() != 64 || out.geheim.size() != 128)
    throw base::Failure(fmt::format("Der Schlüssel der Installation in {} ist nicht lesbar.", datei_.string()));
  return out;
}

/// Whole or not at all, and where two make one at once, the first stays.
void Schluesselbund::lege(const Schluesselpaar& paar) const {
  fs::create_directories(datei_.parent_path());
  const auto fresh = datei_.string() + "." + base::randomHex(8);
  const auto text = paar.oeffentlich + "\n" + paar.geheim + "\n";
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool good = fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  good = good && (::link(fresh.c_str(), datei_.c_str()) == 0 || errno == EEXIST);
  ::unlink(fresh.c_str());
  if (!good)
    throw base::Failure(fmt::format("Der Schlüssel der Installation lässt sich in {} nicht ablegen.", datei_.string()));
}

Schluesselpaar Schluesselbund::paar() {
  const std::scoped_lock lock(mutex_);
  if (paar_) return *paar_;
  if (!fs::exists(datei_)) lege(neuesSchluesselpaar());
  paar_ = lies();
  return *paar_;
}

Schluesselpaar Schluesselbund::eigener(sql::WriteTx& tx) {
  const auto row = neueste(tx);
  if (row && !row->geheim.empty() && !fs::exists(datei_)) lege({row->oeffentlich, row->geheim});
  auto out = paar();
  // Two tenants may ask at once: the first that commits is it.
  if (!row || row->oeffentlich != out.oeffentlich)
    tx.exec(
        "INSERT INTO netz_schluessel (id, oeffentlich, geheim) VALUES (:id, :oeffentlich, '') ON CONFLICT (id) DO "
        "NOTHING",
        row ? row->id + 1 : 1, out.oeffentlich);
  if (row && !row->geheim.empty()) tx.exec("UPDATE netz_schluessel SET geheim = '' WHERE id = :id", row->id);
  return out;
}

std::string oeffentlicherSchluessel(const sql::ReadTx& tx) {
  const auto row = neueste(tx);
  return row ? row->oeffentlich : std::string();
}

}  // namespace netz
