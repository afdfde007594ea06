#pragma once
// Akte, Vorgang and Dokument as they stood at a past moment. Private to the room. Who may see them is asked of today:
// what was narrowed since stays narrow, also in the past.
#include "akte/ausgabe.h"
#include "journal/damals.h"
#include "mandant/zugang.h"

namespace akte {

/// `2026-03-03` (the end of that day), `2026-03-03T12:00` and with seconds, in German local time; with a Z in UTC.
[[nodiscard]] base::Result<base::Zeitpunkt> momentOf(const base::Line<40>& text, std::string_view feld);

/// A value in words, before and after.
struct AenderungAusgabe {
  std::string feld{};
  OptText alt{}, neu{};
};
BOOST_DESCRIBE_STRUCT(AenderungAusgabe, (), (feld, alt, neu))
/// The fields that people know in which two states of a row of `tabelle` differ.
[[nodiscard]] std::vector<AenderungAusgabe> unterschiede(const sql::ReadTx& tx, const Berechtigung& wer, bool english,
                                                         std::string_view tabelle, const boost::json::object& alt,
                                                         const boost::json::object& neu);

class Rueckschau {
 public:
  Rueckschau(const sql::ReadTx& tx, const Berechtigung& wer, base::Zeitpunkt moment)
      : tx_(tx), wer_(wer), moment_(moment), damals_(moment) {}

  /// NichtGefunden with a sentence where it was not there yet.
  [[nodiscard]] base::Result<AkteAusgabe> akte(const AkteMit& heute);
  [[nodiscard]] base::Result<VorgangAusgabe> vorgang(const VorgangMit& heute);
  [[nodiscard]] base::Result<DokumentAusgabe> dokument(const DokumentMit& heute);

  /// The rows themselves, and what lay in them: in order of ids, newest first, only what the person may see today.
  [[nodiscard]] std::optional<AkteZeile> zeile(const AkteZeile& heute);
  [[nodiscard]] std::optional<VorgangZeile> zeile(const VorgangZeile& heute);
  [[nodiscard]] std::optional<DokumentZeile> zeile(const DokumentZeile& heute);
  [[nodiscard]] std::vector<VorgangZeile> vorgaengeIn(const AkteZeile& heute);
  [[nodiscard]] std::vector<VorgangZeile> teilvorgaengeIn(const VorgangZeile& heute);
  [[nodiscard]] std::vector<DokumentZeile> dokumenteIn(const VorgangZeile& heute);
  [[nodiscard]] std::vector<DokumentZeile> anlagenZu(const DokumentZeile& heute);

  /// One that lay there at that moment; the number of its Dokumente is left at today's.
  [[nodiscard]] VorgangAusgabe show(const VorgangZeile& damals);
  [[nodiscard]] DokumentKurz show(const DokumentZeile& damals);

 private:
  bool loadOwn(std::int64_t objekt);
  bool loadPlaces(const VorgangZeile& row);
  bool loadPlaces(const DokumentZeile& row);
  template <class Row>
  std::optional<Row> damals(const Row& heute);
  std::optional<VorgangMit> mit(const VorgangZeile& damals);
  template <class Row>
  std::vector<Row> candidates(sql::Sql parentColumn, std::int64_t parent);

  const sql::ReadTx& tx_;
  const Berechtigung& wer_;
  base::Zeitpunkt moment_;
  journal::Damals damals_;
  std::set<std::int64_t> own_{}, within_{};
};

}  // namespace akte
