#pragma once
// Which of the objects that were found a person gets: rights and fields, answered from the rows in memory. Private.
#include "suche/bestand.h"
#include "suche/suche.h"

namespace suche {

class Auswahl {
 public:
  /// Groups of conditions; a bit for each.
  enum Gruppe : unsigned {
    rechte = 1,
    dokumentart = 2,
    format = 4,
    einheit = 8,
    datum = 16,
    absender = 32,
    az = 64,
    in = 128,
    akte = 256,
    ausschluss = 512,
    art = 1024
  };

  /// Fields mean what they say at this moment to this person: a sign or a unit leads only to what he may see.
  Auswahl(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht, const text::Query& query,
          std::vector<text::Hint>& hints);

  /// The groups that do not hold for an object; 0 = it is one of the hits.
  [[nodiscard]] unsigned fails(std::int64_t objekt, const Eigenschaften& row) const;
  [[nodiscard]] bool sichtbar(const Eigenschaften& row) const {
    return alles_ || (row.zugriff < zugriffe_->size() && (*zugriffe_)[row.zugriff]);
  }
  /// Whether Akten and Vorgänge may be hits beside the Dokumente: only words, signs and units speak of them.
  [[nodiscard]] bool nurDokumente() const { return nurDokumente_; }

 private:
  /// Objects, and all that lies in Akten and Vorgänge.
  struct Lage {
    std::vector<bool> akten{};
    std::vector<std::int64_t> vorgaenge{}, objekte{};
    [[nodiscard]] bool holds(std::int64_t objekt, const Eigenschaften& row) const;
  };
  struct Bedingung {
    unsigned gruppe = 0;
    bool ausgeschlossen = false;
    std::vector<bool> nummern{};  ///< of dokumentart, format, einheit or absender
    std::vector<text::Zeitraum> tage{};
    Lage lage{};
    [[nodiscard]] bool holds(std::int64_t objekt, const Eigenschaften& row) const;
  };

  void add(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht, const text::Filter& filter,
           std::vector<text::Hint>& hints);
  Bedingung& bedingung(unsigned gruppe, bool ausgeschlossen);
  void addTyp(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht, const text::Filter& filter,
              std::vector<text::Hint>& hints);
  void addEinheit(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht, const text::Filter& filter);
  void addAbsender(const Sicht& sicht, const text::Filter& filter);
  void addLage(const sql::ReadTx& tx, const Berechtigung& wer, const Sicht& sicht, const text::Filter& filter);

  bool alles_ = false, nurDokumente_ = false;
  std::shared_ptr<const std::vector<bool>> zugriffe_{};
  std::vector<Bedingung> bedingungen_{};
};

/// The same as in suche.h, for what the caller made already.
[[nodiscard]] Ergebnis find(const sql::ReadTx& tx, const Berechtigung& wer, const Bestand& bestand, const Sicht& sicht,
                            const Auswahl& auswahl, const Anfrage& anfrage);

}  // namespace suche
