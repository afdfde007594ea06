#pragma once
// What may be done with Aktenplan, Akte, Vorgang and Dokument: rights, rules, tables and journal in one transaction.
#include "akte/geschaeftszeichen.h"
#include "akte/zustand.h"
#include "base/json.h"
#include "blob/store.h"
#include "extract/extract.h"
#include "extract/virenscanner.h"
#include "mandant/organisation.h"

namespace akte {

using journal::Change;
using mandant::Berechtigung;
using mandant::Recht;

enum class SuchArt : std::uint8_t { akte, vorgang, dokument };
BOOST_DESCRIBE_ENUM(SuchArt, akte, vorgang, dokument)

/// The search index, which is made above this room but must change in the same transaction.
class SuchIndex {
 public:
  SuchIndex() = default;
  SuchIndex(const SuchIndex&) = delete;
  SuchIndex& operator=(const SuchIndex&) = delete;
  virtual ~SuchIndex() = default;
  /// Indexes the object as it stands in the tables now.
  virtual void refresh(sql::WriteTx& tx, std::int64_t mandant, SuchArt art, std::int64_t id) = 0;
  /// The same for a Dokument that was just made, by its rows as they stand: nothing is read again.
  virtual void add(sql::WriteTx& tx, const DokumentZeile& dokument, const VersionZeile& version,
                   const VolltextZeile& text) = 0;
  /// Takes an object out that is about to go; its rows must still be there.
  virtual void remove(sql::WriteTx& tx, std::int64_t mandant, std::int64_t id) = 0;
};

// ---- what comes in
// ---------------------------------------------------------------------------------------------------

/// What is not given about disposal comes from the entry above; at the top it is 10 years and B (M2.1).
struct AktenplaneinheitNeu {
  std::optional<base::Uuid> ueber{};
  base::Line<40> kennzeichen{};
  base::Line<300> titel{};
  std::optional<base::Prose<4000>> beschreibung{};
  std::optional<std::int64_t> aufbewahrungsdauer{};
  std::optional<Aussonderungsart> aussonderungsart{};
  std::optional<base::Uuid> organisationseinheit{}, zugriff{};
  std::optional<Einheitart> art{};
  OptDatum gueltigVon{}, gueltigBis{};
};
BOOST_DESCRIBE_STRUCT(AktenplaneinheitNeu, (),
                      (ueber, kennzeichen, titel, beschreibung, aufbewahrungsdauer, aussonderungsart,
                       organisationseinheit, zugriff, art, gueltigVon, gueltigBis))

struct AktenplaneinheitAendern {
  std::optional<base::Line<300>> titel{};
  base::Patch<base::Prose<4000>> beschreibung{};
  base::Patch<std::int64_t> aufbewahrungsdauer{};
  std::optional<Aussonderungsart> aussonderungsart{};
  std::optional<bool> gesperrt{};
  std::optional<base::Uuid> zugriff{};
  /// Templates of signs for this branch; null = as above it.
  base::Patch<base::Line<200>> zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
  /// Another place: under this entry, or null for the top.
  base::Patch<base::Uuid> ueber{};
  /// Akten keep the signs that they have.
  std::optional<base::Line<40>> kennzeichen{};
  base::Patch<Einheitart> art{};
  std::optional<bool> stillgelegt{};
  base::Patch<base::Datum> gueltigVon{}, gueltigBis{};
  base::Patch<base::Uuid> organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(AktenplaneinheitAendern, (),
                      (titel, beschreibung, aufbewahrungsdauer, aussonderungsart, gesperrt, zugriff, zeichenAkte,
                       zeichenVorgang, zeichenDokument, ueber, kennzeichen, art, stillgelegt, gueltigVon, gueltigBis,
                       organisationseinheit))

/// What M2.7 lets the archive set: the only data of an entry that it may change.
struct AussonderungSetzen {
  base::Patch<std::int64_t> aufbewahrungsdauer{};
  std::optional<Aussonderungsart> aussonderungsart{};
};
BOOST_DESCRIBE_STRUCT(AussonderungSetzen, (), (aufbewahrungsdauer, aussonderungsart))

struct MandantAendern {
  std::optional<base::Line<200>> name{};
  std::optional<base::Line<200>> zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
  std::optional<bool> fristAbJahresende{};
  /// Days and years; null: nothing is deleted, a zdA may always be taken back.
  base::Patch<std::int64_t> loeschfrist{}, transferfrist{};
  std::optional<bool> nebenversionen{};
  /// Every nth scan is looked at; days that its paper is kept. Null: none, for good.
  base::Patch<std::int64_t> stichprobe{}, originaltage{};
};
BOOST_DESCRIBE_STRUCT(MandantAendern, (),
                      (name, zeichenAkte, zeichenVorgang, zeichenDokument, fristAbJahresende, loeschfrist,
                       transferfrist, nebenversionen, stichprobe, originaltage))

struct AkteNeu {
  base::Uuid aktenplaneinheit{};
  base::Line<500> betreff{};
  std::optional<base::Uuid> organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(AkteNeu, (), (aktenplaneinheit, betreff, organisationseinheit))

struct AkteAendern {
  std::optional<base::Line<500>> betreff{};
  base::Patch<base::Prose<4000>> bemerkung{};
};
BOOST_DESCRIBE_STRUCT(AkteAendern, (), (betreff, bemerkung))

struct VorgangNeu {
  base::Uuid akte{};
  base::Line<500> betreff{};
  std::optional<base::Uuid> bearbeitung{};
  std::optional<base::Uuid> ueber{};  ///< makes it a Teilvorgang of this one
};
BOOST_DESCRIBE_STRUCT(VorgangNeu, (), (akte, betreff, bearbeitung, ueber))

struct VorgangAendern {
  std::optional<base::Line<500>> betreff{};
  base::Patch<base::Uuid> bearbeitung{};
  base::Patch<base::Prose<4000>> bemerkung{};
  base::Patch<base::Line<200>> fremdesGeschaeftszeichen{};
};
BOOST_DESCRIBE_STRUCT(VorgangAendern, (), (betreff, bearbeitung, bemerkung, fremdesGeschaeftszeichen))

/// What a transition wants to know beside the object.
struct Wechsel {
  std::optional<base::Line<500>> grund{};  ///< of a deletion
};
BOOST_DESCRIBE_STRUCT(Wechsel, (), (grund))

struct ZugriffSetzen {
  base::Uuid zugriff{};
};
BOOST_DESCRIBE_STRUCT(ZugriffSetzen, (), (zugriff))

struct DokumentAendern {
  std::optional<base::Line<500>> betreff{};
  std::optional<Dokumentart> art{};
  base::Patch<base::Datum> datum{}, eingangsdatum{};
  base::Patch<base::Line<300>> absender{};
  base::Patch<base::Line<200>> fremdesGeschaeftszeichen{};
  base::Patch<base::Prose<4000>> bemerkung{};
};
BOOST_DESCRIBE_STRUCT(DokumentAendern, (),
                      (betreff, art, datum, eingangsdatum, absender, fremdesGeschaeftszeichen, bemerkung))

struct DokumentAblegen {
  base::Uuid vorgang{};
  std::optional<base::Line<500>> betreff{};
  std::optional<Dokumentart> art{};
  base::Patch<base::Datum> datum{};
  base::Patch<base::Line<300>> absender{};
  base::Patch<base::Line<200>> fremdesGeschaeftszeichen{};
};
BOOST_DESCRIBE_STRUCT(DokumentAblegen, (), (vorgang, betreff, art, datum, absender, fremdesGeschaeftszeichen))

// ---- objects with what the rules need to know of them
// ------------------------------------------------------------------

struct AkteMit {
  AkteZeile akte{};
  mandant::Gegenstand gegenstand{};
};
struct VorgangMit {
  VorgangZeile vorgang{};
  AkteZeile akte{};
  mandant::Gegenstand gegenstand{};
  std::optional<VorgangZeile> ueber{};  ///< of a Teilvorgang
  [[nodiscard]] std::int64_t zugriffOben() const { return ueber ? ueber->zugriff : akte.zugriff; }
};
struct DokumentMit {
  DokumentZeile dokument{};
  std::optional<VorgangMit> vorgang{};
  mandant::Gegenstand gegenstand{};
  std::optional<DokumentZeile> ueber{};  ///< of an Anlage
  [[nodiscard]] std::int64_t kette() const { return vorgang ? vorgang->akte.id : 0; }
};

/// Each gives NichtGefunden for what the person may not see, as if it did not exist.
[[nodiscard]] base::Result<AktenplaneinheitZeile> findEinheit(const sql::ReadTx& tx, const Berechtigung& wer,
                                                              const base::Uuid& uuid);
[[nodiscard]] base::Result<AkteMit> findAkte(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid);
[[nodiscard]] base::Result<VorgangMit> findVorgang(const sql::ReadTx& tx, const Berechtigung& wer,
                                                   const base::Uuid& uuid);
[[nodiscard]] base::Result<DokumentMit> findDokument(const sql::ReadTx& tx, const Berechtigung& wer,
                                                     const base::Uuid& uuid);

/// Why a file was not opened: the malware scanner has not answered (`wartet`), or found something (`befund`).
struct Sperre {
  Pruefstatus status{};
  std::string text{};       ///< what was found, or a German sentence
  bool befundName = false;  ///< `text` is a name that the scanner gave
};

/// A file whose bytes are safe in the blob store, and what the extractor read in it.
struct Datei {
  blob::Ref ref{};
  std::string dateiname{};
  extract::Text text{};
  /// Of a part: its place in the whole file, such as "Unterlagen.zip/Plan.pdf".
  std::string pfad{};
  /// What lies in it, at any depth, in order; their own `teile` are empty.
  std::vector<Datei> teile{};
  std::optional<Sperre> sperre{};
};

/// The name under which a file is kept: the last part of its path, cleaned, at most 200 characters.
[[nodiscard]] std::string dateinameAus(std::string_view name);

/// Where and how a new Dokument is made; what is not given is taken from the file (a mail's sender, subject, date).
struct DokumentNeu {
  std::optional<Dokumentart> art{};
  Kanal kanal = Kanal::upload;
  std::optional<std::string> betreff{}, absender{};
  OptDatum datum{}, eingangsdatum{};
  std::string geraet{};  ///< of a scan: the folder or device
  Anlass anlass = Anlass::hochgeladen;
};

/// What a person says of a version that he hands in.
struct VersionAngaben {
  Anlass anlass = Anlass::hochgeladen;
  bool neben = false;  ///< a minor one, where the tenant counts so
};

/// What a deletion leaves: its protocol, and the files that nothing may name any more.
struct Geloescht {
  LoeschungZeile protokoll{};
  std::vector<std::string> sha256{};
};

/// A Vorgang with what the signs of its Dokumente are made of.
struct Ablageort {
  VorgangMit vorgang{};
  std::string vorlage{};
  ZeichenTeile teile{};
};
[[nodiscard]] Ablageort ablageortIn(const sql::ReadTx& tx, VorgangMit vorgang);

class Schriftgut {
 public:
  /// Without a scanner everything is opened.
  Schriftgut(journal::Journal& journal, blob::Store& blobs, const extract::Extractor& extractor, SuchIndex& index,
             const extract::Virenscanner* scanner = nullptr)
      : journal_(journal), blobs_(blobs), extractor_(extractor), index_(index), scanner_(scanner) {}

  [[nodiscard]] journal::Journal& journal() { return journal_; }
  [[nodiscard]] blob::Store& blobs() { return blobs_; }
  [[nodiscard]] SuchIndex& index() { return index_; }

  /// Ends an upload: reads its text and what lies in it (attachments of a mail, members of an archive), makes all of it
  /// durable. Outside any transaction. `dateiname` is cleaned of paths.
  [[nodiscard]] Datei einlagern(blob::Writer& writer, std::string_view dateiname);
  /// The same for imports that commit their blobs in groups: the parts are durable, `ref` is left to the caller.
  [[nodiscard]] Datei lesen(int descriptor, std::string_view dateiname) const;
  [[nodiscard]] bool hatScanner() const { return scanner_ != nullptr && scanner_->vorhanden(); }

  // Malware (virenpruefung.cpp).
  /// Reads a version that was not opened when it came, after asking the scanner, unless it was released.
  [[nodiscard]] Datei nachlesen(const VersionZeile& version, const VirenpruefungZeile& pruefung);
  /// What came of that: the version is offered with its text and parts, or lies in the Quarantäne.
  base::Result<DokumentZeile> schliessePruefung(Change& change, const VirenpruefungZeile& before, const Datei& datei);
  /// Of what the scanner found: somebody answers for it (it is read then), or its bytes go.
  base::Result<VirenpruefungZeile> freigeben(Change& change, const Berechtigung& wer, const VirenpruefungZeile& before,
                                             std::string grund);
  base::Result<VirenpruefungZeile> kassieren(Change& change, const Berechtigung& wer, const VirenpruefungZeile& before,
                                             std::string grund);

  // Aktenplan. Retention and kind of disposal need a right of their own (aussonderungPflegen, M2.1 and M2.4).
  base::Result<AktenplaneinheitZeile> createEinheit(Change& change, const Berechtigung& wer,
                                                    const AktenplaneinheitNeu& input);
  base::Result<AktenplaneinheitZeile> changeEinheit(Change& change, const Berechtigung& wer,
                                                    AktenplaneinheitZeile before, const AktenplaneinheitAendern& input);
  /// A and V go on to Akten and Vorgänge below that are still B; refused where one was appraised already (M2.7).
  base::Result<AktenplaneinheitZeile> setAussonderung(Change& change, const Berechtigung& wer,
                                                      AktenplaneinheitZeile before, const AussonderungSetzen& input);
  /// Of one Akte or Vorgang (M3.1, M3.17, M4.11). A and V of an Akte go on to its open Vorgänge that are still B.
  base::Result<AkteZeile> setAussonderung(Change& change, const Berechtigung& wer, const AkteMit& before,
                                          const AussonderungSetzen& input);
  base::Result<VorgangZeile> setAussonderung(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                             const AussonderungSetzen& input);
  /// Only an entry that holds nothing and never held an Akte (M2.6).
  base::Result<void> removeEinheit(Change& change, const AktenplaneinheitZeile& row);

  /// The tenant's own settings: name, templates of signs, how retention is counted.
  base::Result<mandant::MandantZeile> changeMandant(Change& change, mandant::MandantZeile before,
                                                    const MandantAendern& input);

  base::Result<AkteZeile> createAkte(Change& change, const Berechtigung& wer, const AkteNeu& input);
  base::Result<AkteZeile> changeAkte(Change& change, const Berechtigung& wer, const AkteMit& before,
                                     const AkteAendern& input);
  base::Result<AkteZeile> setZugriff(Change& change, const Berechtigung& wer, const AkteMit& before,
                                     const ZugriffSetzen& input);
  /// A transition of the table in zustand.h: right, status and what stands against it are asked there.
  base::Result<AkteZeile> wechsle(Change& change, const Berechtigung& wer, const AkteMit& before, Uebergang uebergang,
                                  const Wechsel& wechsel = {});
  base::Result<VorgangZeile> wechsle(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                     Uebergang uebergang, const Wechsel& wechsel = {});
  base::Result<DokumentZeile> wechsle(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                      Uebergang uebergang, const Wechsel& wechsel = {});
  template <class Mit>
  auto zda(Change& change, const Berechtigung& wer, const Mit& before) {
    return wechsle(change, wer, before, Uebergang::zda);
  }
  template <class Mit>
  auto zdaAufheben(Change& change, const Berechtigung& wer, const Mit& before) {
    return wechsle(change, wer, before, Uebergang::zdaAufheben);
  }
  /// The last transition, Löschmarkierung bestätigen: the object goes for good, the protocol stays.
  base::Result<Geloescht> loesche(Change& change, const Berechtigung& wer, const Lage& lage,
                                  const mandant::Gegenstand& gegenstand);
  /// After the transaction of a deletion: removes the files that no version of any tenant names.
  void aufraeumen(const std::vector<std::string>& sha256);

  base::Result<VorgangZeile> createVorgang(Change& change, const Berechtigung& wer, const VorgangNeu& input);
  base::Result<VorgangZeile> changeVorgang(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                           const VorgangAendern& input);
  base::Result<VorgangZeile> setZugriff(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                        const ZugriffSetzen& input);
  /// Need to know of one Dokument with its Anlagen, wherever it then goes.
  base::Result<DokumentZeile> setZugriff(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                         const ZugriffSetzen& input);

  // What lies in the file becomes Anlagen of the new Dokument, in the same change; of an Anlage, more Anlagen beside
  // it.
  base::Result<DokumentZeile> createDokument(Change& change, const Berechtigung& wer, const base::Uuid& vorgang,
                                             const Datei& datei, const DokumentNeu& input);
  /// For many into one Vorgang: found once in a transaction that writes.
  base::Result<DokumentZeile> createDokument(Change& change, const Berechtigung& wer, const Ablageort& ort,
                                             const Datei& datei, const DokumentNeu& input);
  /// A Vorgang that this person may put Dokumente into.
  [[nodiscard]] base::Result<Ablageort> findAblageort(const sql::ReadTx& tx, const Berechtigung& wer,
                                                      const base::Uuid& vorgang) const;
  /// Into the Posteingang of a unit, by default the person's own.
  base::Result<DokumentZeile> createEingang(Change& change, const Berechtigung& wer,
                                            const std::optional<base::Uuid>& oe, const Datei& datei,
                                            const DokumentNeu& input);
  base::Result<DokumentZeile> createAnlage(Change& change, const Berechtigung& wer, const DokumentMit& zu,
                                           const Datei& datei);
  /// Never refuses what two people save at once: the later one is kept too, and marked.
  base::Result<DokumentZeile> addVersion(Change& change, const Berechtigung& wer, const DokumentMit& zu,
                                         const Datei& datei, std::optional<std::int64_t> basis,
                                         const VersionAngaben& angaben = {});
  /// An earlier version as the newest; nothing is lost.
  base::Result<DokumentZeile> restoreVersion(Change& change, const Berechtigung& wer, const DokumentMit& zu,
                                             std::int64_t nr);
  base::Result<DokumentZeile> changeDokument(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                             const DokumentAendern& input);
  /// From the Posteingang, or from another open Vorgang, into a Vorgang; Anlagen go along.
  base::Result<DokumentZeile> ablegen(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                      const DokumentAblegen& input);
  /// An unfiled Dokument into the Posteingang of another unit; who may see it is as that unit says.
  base::Result<DokumentZeile> weiterreichen(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                            const base::Uuid& oe);
  /// Takes back `ablegen`: the Dokument lies in the Posteingang again. Its sign is not given to another.
  base::Result<DokumentZeile> zurueck(Change& change, const Berechtigung& wer, const DokumentMit& before);

 private:
  friend class Registratur;
  friend class Reorganisation;
  base::Result<std::int64_t> chooseOe(const sql::ReadTx& tx, const Berechtigung& wer,
                                      const std::optional<base::Uuid>& wanted,
                                      std::optional<std::int64_t> fallback) const;
  base::Result<mandant::ZugriffZeile> chooseZugriff(const sql::ReadTx& tx, std::int64_t mandant,
                                                    const base::Uuid& uuid) const;
  DokumentZeile insertDokument(Change& change, const Berechtigung& wer, DokumentZeile row, const Datei& datei,
                               const DokumentNeu& input);
  DokumentZeile insertAnlage(Change& change, const Berechtigung& wer, const DokumentZeile& zu, const Datei& datei);
  /// Makes Anlagen of `zu` from what lies in the current version of `original`.
  void insertTeile(Change& change, const Berechtigung& wer, const DokumentZeile& zu, const DokumentZeile& original,
                   const Datei& datei);
  /// Numbers a version, writes it and its text; indexing is for the caller.
  /// Fills in what `text` says of the version that it belongs to.
  VersionZeile writeVersion(Change& change, VersionZeile row, VolltextZeile& text, bool neben);
  VersionZeile insertVersion(Change& change, const Berechtigung& wer, const DokumentZeile& dokument, const Datei& datei,
                             std::optional<std::int64_t> basis, const VersionAngaben& angaben);
  void insertPruefung(Change& change, const VersionZeile& version, const Sperre& sperre);
  void insertScanprotokoll(Change& change, const Berechtigung& wer, const DokumentZeile& row,
                           const std::string& geraet);
  void insertRechnung(Change& change, const VersionZeile& version, const Datei& datei);
  /// Of a mail: by which it is known, and which it answers.
  static void noteKennungen(sql::WriteTx& tx, const VersionZeile& version, const Datei& datei);
  /// Draws the Dokument's sign in its Vorgang.
  static std::string signFor(Change& change, const Ablageort& ort, DokumentZeile& row);
  void moveWithAnlagen(Change& change, const DokumentZeile& before, DokumentZeile& after);
  /// A Vorgang that takes Teilvorgänge, in this Akte.
  [[nodiscard]] base::Result<VorgangMit> findUeber(const sql::ReadTx& tx, const Berechtigung& wer,
                                                   const AkteZeile& akte, const base::Uuid& uuid) const;
  /// What inherits its access gets a new one.
  void spreadBelowVorgang(Change& change, std::int64_t vorgang, std::int64_t zugriff);
  void spreadToDokumente(Change& change, std::int64_t vorgang, std::int64_t zugriff);
  void spreadToVorgaenge(Change& change, std::int64_t akte, std::int64_t zugriff);
  void spreadBelowPlan(Change& change, std::int64_t einheit, std::int64_t zugriff);

  journal::Journal& journal_;
  blob::Store& blobs_;
  const extract::Extractor& extractor_;
  SuchIndex& index_;
  const extract::Virenscanner* scanner_;
};

/// Why no Akte can be opened at this entry on a day, as a German sentence; nothing when one can. An entry above that is
/// gesperrt, stillgelegt or not valid closes what lies below it too.
[[nodiscard]] std::optional<std::string> sperrgrund(const sql::ReadTx& tx, const AktenplaneinheitZeile& einheit,
                                                    const base::Datum& tag);
/// The same for one entry alone.
[[nodiscard]] std::optional<std::string> eigenerSperrgrund(const AktenplaneinheitZeile& einheit,
                                                           const base::Datum& tag);
/// Years of retention: 0 to 200.
[[nodiscard]] base::Result<void> checkDauer(const OptId& jahre);
/// The access that a plan begins with: everybody may read and work.
[[nodiscard]] std::int64_t standardZugriff(Change& change);

/// The end of retention: `jahre` after the day of zdA, or after the end of its year (domain chapter 2.6). Nothing for
/// unbefristet.
[[nodiscard]] OptDatum aufbewahrungBis(const base::Datum& zda, OptId jahre, bool abJahresende);

/// What is wrong with the texts that were read from versions, in German sentences.
[[nodiscard]] std::vector<std::string> check(const sql::ReadTx& tx, std::int64_t mandant);

}  // namespace akte
