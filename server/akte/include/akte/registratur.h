#pragma once
// The work of the Registratur that goes beyond one object: reading in a plan, Umschreiben, copies, merging and parting,
// undo.
#include <map>

#include "akte/plan_einlesen.h"
#include "akte/tabelle.h"
#include "akte/umfeld.h"

namespace akte {

struct AkteUmschreiben {
  std::optional<base::Uuid> aktenplaneinheit{}, organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(AkteUmschreiben, (), (aktenplaneinheit, organisationseinheit))

struct VorgangUmschreiben {
  base::Uuid akte{};
  std::optional<base::Uuid> ueber{};  ///< as a Teilvorgang of this Vorgang, which lies there
};
BOOST_DESCRIBE_STRUCT(VorgangUmschreiben, (), (akte, ueber))

struct AkteKopieren {
  base::Line<500> betreff{};
  std::optional<base::Uuid> aktenplaneinheit{}, organisationseinheit{};
  std::optional<bool> dokumente{};
};
BOOST_DESCRIBE_STRUCT(AkteKopieren, (), (betreff, aktenplaneinheit, organisationseinheit, dokumente))

struct VorgangKopieren {
  std::optional<base::Line<500>> betreff{};
  /// By default beside its source.
  std::optional<base::Uuid> akte{};
  std::optional<bool> dokumente{};
  std::optional<base::Uuid> ueber{};  ///< as a Teilvorgang of this Vorgang, which lies in `akte`
};
BOOST_DESCRIBE_STRUCT(VorgangKopieren, (), (betreff, akte, dokumente, ueber))

/// M4.27: what is given goes into a new Vorgang of the Akte.
struct VorgaengeZusammenlegen {
  base::Line<500> betreff{};
  std::vector<base::Uuid> vorgaenge{};
};
BOOST_DESCRIBE_STRUCT(VorgaengeZusammenlegen, (), (betreff, vorgaenge))

struct VorgangTeilen {
  base::Line<500> betreff{};
  std::vector<base::Uuid> dokumente{};
};
BOOST_DESCRIBE_STRUCT(VorgangTeilen, (), (betreff, dokumente))

class Registratur {
 public:
  explicit Registratur(Schriftgut& schriftgut) : schriftgut_(schriftgut) {}
  /// The Registerblatt of a copy for each of its source.
  using Blaetter = std::map<std::int64_t, std::int64_t>;

  /// Does what `pruefePlan` told; rows with errors are left out. Konflikt when `pruefsumme` is not that of the report,
  /// because plan or file are no longer what was looked at.
  base::Result<EinleseBericht> lesePlanEin(Change& change, const Berechtigung& wer,
                                           const std::vector<TabellenZeile>& tabelle, const std::string& pruefsumme);

  /// Another place in the plan or another unit (M3.12): new signs down to the Dokumente, the old ones stay findable.
  /// Needs the right on everything in it. Closed Vorgänge keep their signs.
  base::Result<AkteZeile> umschreiben(Change& change, const Berechtigung& wer, const AkteMit& before,
                                      const AkteUmschreiben& input);
  /// Into another open Akte, or another place in the same: as a Teilvorgang, or no longer as one. Its own Teilvorgänge
  /// go along.
  base::Result<VorgangZeile> umschreiben(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                         const VorgangUmschreiben& input);

  /// A new Akte with the Vorgänge of this one that the person sees, and their Dokumente if wanted (M3.3, M4.22). What
  /// is copied is open, whatever its source is.
  base::Result<AkteZeile> kopiere(Change& change, const Berechtigung& wer, const AkteMit& quelle,
                                  const AkteKopieren& input);
  base::Result<VorgangZeile> kopiere(Change& change, const Berechtigung& wer, const VorgangMit& quelle,
                                     const VorgangKopieren& input);

  /// All Dokumente go into a new Vorgang; the old ones stay with a Verweis to it.
  base::Result<VorgangZeile> legeZusammen(Change& change, const Berechtigung& wer, const AkteMit& akte,
                                          const VorgaengeZusammenlegen& input);
  /// Some Dokumente go into a new Vorgang of the same Akte.
  base::Result<VorgangZeile> teile(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                   const VorgangTeilen& input);

  /// Takes back one's own earlier change, where its kind can be taken back and nothing has been built on it since.
  /// Signs that were drawn stay given. NichtGefunden for entries of others.
  base::Result<void> rueckgaengig(Change& change, const Berechtigung& wer, std::int64_t nr);

  /// What the extractor reads in a table that was handed in; nothing of it is kept.
  [[nodiscard]] extract::Text liesTabelle(int descriptor, std::string_view dateiname) const {
    return schriftgut_.extractor_.extract(descriptor, dateiname);
  }

 private:
  void resignDokumente(Change& change, const AktenplaneinheitZeile& blatt, const AkteZeile& akte,
                       const VorgangZeile& vorgang, OptId zugriff);
  /// Where a Vorgang goes, or its copy.
  struct Ort {
    AkteZeile akte{};
    AktenplaneinheitZeile blatt{};
    std::optional<VorgangZeile> ueber{};
    [[nodiscard]] std::int64_t zugriff() const { return ueber ? ueber->zugriff : akte.zugriff; }
    [[nodiscard]] OptId dauer() const { return ueber ? ueber->aufbewahrungsdauer : akte.aufbewahrungsdauer; }
    [[nodiscard]] Aussonderungsart art() const { return ueber ? ueber->aussonderungsart : akte.aussonderungsart; }
  };
  [[nodiscard]] base::Result<Ort> ortIn(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& akte,
                                        const std::optional<base::Uuid>& ueber) const;
  VorgangZeile zieheUm(Change& change, const Ort& von, const Ort& nach, const VorgangZeile& before);
  VorgangZeile copyVorgang(Change& change, const Berechtigung& wer, const VorgangZeile& from, const Ort& ort,
                           const Blaetter& blaetter, bool dokumente);
  void copyDokument(Change& change, const Berechtigung& wer, const DokumentZeile& from, const VorgangMit& ziel,
                    const Blaetter& blaetter, OptId ueber);
  base::Result<void> moveDokument(Change& change, const Berechtigung& wer, const DokumentZeile& dokument,
                                  const VorgangMit& ziel);

  Schriftgut& schriftgut_;
};

/// Whether entries of this kind can be taken back.
[[nodiscard]] bool umkehrbar(std::string_view aktion);

/// The signs that an object had before its present one, oldest first; those that name a place which the person does not
/// see are left out.
[[nodiscard]] std::vector<std::string> fruehereZeichen(const sql::ReadTx& tx, const Berechtigung& wer,
                                                       const Objekt& objekt);
/// What has, or had, exactly this sign, for who may see it and the place that the sign names.
[[nodiscard]] std::optional<Objekt> findeZeichen(const sql::ReadTx& tx, const Berechtigung& wer,
                                                 const std::string& zeichen);

/// The table in a file that was handed in, read in the sandbox: CSV, or the first sheet of XLSX or ODS.
[[nodiscard]] base::Result<std::vector<TabellenZeile>> tabelleAus(Schriftgut& schriftgut, int descriptor,
                                                                  std::string_view dateiname);

}  // namespace akte
