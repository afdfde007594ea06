#pragma once
// Where a letter belongs: the best three Vorgänge or Akten, each with its reasons; and the rules that people made.
#include "eingang/erkennung.h"
#include "suche/aehnlich.h"

namespace eingang {

using mandant::Berechtigung;

/// Why a place is proposed, strongest kind first.
enum class GrundArt : std::uint8_t {
  regel,            ///< a rule that somebody made
  zeichen,          ///< the letter names the sign of the Vorgang or of a Dokument in it
  zeichenUngenau,   ///< the same, with what OCR or writing changed put right
  akteZeichen,      ///< the letter names the sign of the Akte
  fremdesZeichen,   ///< an earlier letter came under the same foreign sign
  bezug,            ///< an outgoing letter of the day that the letter answers
  antwort,          ///< a mail that this one answers, or that answers it, lies there
  absender,         ///< the same sender wrote earlier
  absenderGenannt,  ///< the sender is named in Dokumente there
  worte,            ///< rare words in common
  betreff,          ///< words of the Betreff
  gewohnheit,       ///< this person files here
};
BOOST_DESCRIBE_ENUM(GrundArt, regel, zeichen, zeichenUngenau, akteZeichen, fremdesZeichen, bezug, antwort, absender,
                    absenderGenannt, worte, betreff, gewohnheit)

struct Grund {
  GrundArt art{};
  std::string text{};                ///< sign, sender, or words of the reference, as the letter writes them
  std::vector<std::string> worte{};  ///< that counted most
  std::optional<base::Datum> datum{};
  std::int64_t anzahl = 0;  ///< of earlier letters
  std::vector<Stelle> stellen{};
  double gewicht = 0;  ///< how likely the place is by this reason alone, 0 to 1
};

struct Vorschlag {
  std::optional<akte::VorgangMit> vorgang{};  ///< nothing: a new Vorgang in `akte`
  akte::AkteZeile akte{};
  bool akteSichtbar = true;
  double sicherheit = 0;  ///< 0 to 1, all reasons together
  std::vector<Grund> gruende{};
};

/// From this on a place is taken for granted until the person says otherwise.
inline constexpr double sicher = 0.8;

struct Vorschlaege {
  Erkannt erkannt{};
  std::string text{};  ///< the text that all places are of
  std::vector<Vorschlag> liste{};
};

class Vorschlagende {
 public:
  /// At most three places into which this person may file, best first; none where nothing fits. Nothing that the person
  /// may not see counts or is named.
  [[nodiscard]] Vorschlaege vorschlagen(const sql::ReadTx& tx, const Berechtigung& wer,
                                        const akte::DokumentMit& dokument, const base::Datum& heute);

 private:
  suche::Aehnlichkeit aehnlichkeit_;
};

// ---- rules

using akte::AblageregelZeile;

struct AblageregelNeu {
  std::optional<base::Line<300>> absender{};
  std::optional<base::Line<200>> worte{};
  std::optional<base::Uuid> organisationseinheit{};
  std::optional<base::Uuid> vorgang{}, akte{};
};
BOOST_DESCRIBE_STRUCT(AblageregelNeu, (), (absender, worte, organisationseinheit, vorgang, akte))

/// Needs a sender or words, and a place into which the person may file.
[[nodiscard]] base::Result<AblageregelZeile> createRegel(journal::Change& change, const Berechtigung& wer,
                                                         const AblageregelNeu& input);
/// NichtGefunden where the person may not see its place.
[[nodiscard]] base::Result<AblageregelZeile> findRegel(const sql::ReadTx& tx, const Berechtigung& wer,
                                                       const base::Uuid& uuid);
/// Who may change things in its place may take a rule away.
[[nodiscard]] base::Result<void> deleteRegel(journal::Change& change, const Berechtigung& wer,
                                             const AblageregelZeile& regel);

/// A rule whose place the person may see, with how often letters like that were filed there since.
struct RegelStand {
  AblageregelZeile regel{};
  std::int64_t richtig = 0, anders = 0;
};
[[nodiscard]] std::vector<RegelStand> regelnFor(const sql::ReadTx& tx, const Berechtigung& wer);
/// Whether a letter is one that the rule speaks of.
[[nodiscard]] bool passt(const AblageregelZeile& regel, std::string_view absender, std::string_view betreff,
                         std::int64_t organisationseinheit);

/// What could become a rule, after a Dokument was filed where it was not proposed: its sender's letters went there at
/// least three times, no rule says so yet, and the person may make one.
struct Regelangebot {
  std::string absender{};
  std::int64_t anzahl = 0;
};
[[nodiscard]] std::optional<Regelangebot> regelangebot(const sql::ReadTx& tx, const Berechtigung& wer,
                                                       const akte::DokumentMit& dokument);

/// The name part and the mail address of a sender as words of the index, without order.
[[nodiscard]] std::vector<std::string> absenderWorte(std::string_view absender);
/// Whether two senders are the same: one mail address, or the same words of a name.
[[nodiscard]] bool gleicherAbsender(std::string_view a, std::string_view b);

}  // namespace eingang
