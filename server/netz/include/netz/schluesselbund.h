#pragma once
// The key that this installation signs with. Its secret half lies in a file, so that no copy of the database gives it
// away; the table knows the public halves.
#include <filesystem>
#include <mutex>

#include "netz/baustein.h"

namespace netz {

class Schluesselbund {
 public:
  explicit Schluesselbund(std::filesystem::path datei) : datei_(std::move(datei)) {}

  /// The pair, made where there is none yet. Throws Failure with a German sentence where the file cannot be used.
  [[nodiscard]] Schluesselpaar paar();
  /// The same, known to the table afterwards. Takes the secret half out of a table that still has it.
  [[nodiscard]] Schluesselpaar eigener(sql::WriteTx& tx);

 private:
  [[nodiscard]] Schluesselpaar lies() const;
  void lege(const Schluesselpaar& paar) const;

  std::filesystem::path datei_;
  std::mutex mutex_;
  std::optional<Schluesselpaar> paar_;
};

/// The public key in force; empty while nothing was signed.
[[nodiscard]] std::string oeffentlicherSchluessel(const sql::ReadTx& tx);

}  // namespace netz
