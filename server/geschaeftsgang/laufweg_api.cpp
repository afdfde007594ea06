#include "routen.h"

namespace geschaeftsgang {
namespace {

struct EntwurfFrage {
  base::Text<1000, 0> q{};
  std::optional<std::int64_t> stelle{};  ///< where the cursor is, in UTF-16 units as browsers count
};
BOOST_DESCRIBE_STRUCT(EntwurfFrage, (), (q, stelle))

struct EntwurfSchritt {
  std::int64_t stufe = 0;
  Quorum quorum{};
  Schrittart art{};
  AdressatAusgabe adressat{};
  OptDatum termin{};
  OptText text{};
  std::string zeile{};  ///< this step alone
};
BOOST_DESCRIBE_STRUCT(EntwurfSchritt, (), (stufe, quorum, art, adressat, termin, text, zeile))

/// Places are UTF-16 units of the line.
struct HinweisAusgabe {
  std::int64_t von = 0, bis = 0;
  std::string text{};
  std::vector<std::string> vorschlaege{};
};
BOOST_DESCRIBE_STRUCT(HinweisAusgabe, (), (von, bis, text, vorschlaege))
struct ErgaenzungAusgabe {
  std::int64_t von = 0, bis = 0;
  std::string text{}, anzeige{};
};
BOOST_DESCRIBE_STRUCT(ErgaenzungAusgabe, (), (von, bis, text, anzeige))
struct EntwurfAusgabe {
  std::vector<EntwurfSchritt> schritte{};
  std::vector<HinweisAusgabe> hinweise{};
  std::vector<ErgaenzungAusgabe> ergaenzungen{};
};
BOOST_DESCRIBE_STRUCT(EntwurfAusgabe, (), (schritte, hinweise, ergaenzungen))

/// Bytes of UTF-8 to units of UTF-16.
std::int64_t unitsOf(std::string_view text, std::size_t bytes) {
  std::int64_t units = 0;
  for (const char c : text.substr(0, bytes)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
  }
  return units;
}
std::size_t bytesOf(std::string_view text, std::int64_t units) {
  std::size_t at = 0;
  while (at < text.size() && unitsOf(text, at) < units) ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  return at;
}

EntwurfAusgabe entwurf(Tx tx, const Berechtigung& wer, const VorgangMit& vorgang, const EntwurfFrage& frage,
                       const Verzeichnis& verzeichnis, const base::Datum& heute) {
  const auto& zeile = frage.q.value;
  const auto understood = verstehe(tx, wer, vorgang, zeile, verzeichnis, heute);
  EntwurfAusgabe out;
  for (const auto& s : understood.schritte) {
    auto alone = s;
    alone.quorum = Quorum::alle;
    out.schritte.push_back({s.stufe,
                            s.quorum,
                            s.art,
                            {s.adressat.art, nameOf(tx, wer.mandant, s.adressat)},
                            s.termin,
                            s.text,
                            schreibe({alone}, verzeichnis, {TraegerArt::person, wer.person, {}})});
  }
  for (const auto& h : understood.hinweise)
    out.hinweise.push_back({unitsOf(zeile, h.von), unitsOf(zeile, h.bis), h.text, h.vorschlaege});
  if (frage.stelle)
    for (const auto& e : ergaenze(zeile, bytesOf(zeile, *frage.stelle), verzeichnis, heute))
      out.ergaenzungen.push_back({unitsOf(zeile, e.von), unitsOf(zeile, e.bis), e.text, e.anzeige});
  return out;
}

Result<http::Reply<LaufwegListe>> show(Zugang& zugang, Geschaeftsgang& geschaeftsgang, const auto& call) {
  return zugang.read<LaufwegListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<LaufwegListe> {
    AKTENLOTSE_GET(vorgang, akte::findVorgang(tx, wer, call.id));
    return laufwege(tx, wer, vorgang, *geschaeftsgang.verzeichnis(tx, wer.mandant),
                    base::Datum::of(zugang.journal().clock().now()));
  });
}

/// A change of the slips of a Vorgang, which must be in the state that If-Match names; answers with all of them. They
/// are read when others may write again.
template <class Body, class Apply>
void addChange(http::Routes& routes, Zugang& zugang, Geschaeftsgang& geschaeftsgang, std::string path,
               std::string_view id, std::string_view summary, std::string_view recht, Apply apply) {
  routes.add<Body, None, LaufwegListe>(
      Verb::post, "/api/vorgaenge/{id}/" + std::move(path),
      {.id = id, .tag = "Geschaeftsgang", .summary = summary, .recht = recht, .changesExisting = true},
      [&zugang, &geschaeftsgang, apply](const auto& call) -> Result<http::Reply<LaufwegListe>> {
        auto done = zugang.template change<None>(call, [&](Change& change, const Berechtigung& wer) -> Result<None> {
          AKTENLOTSE_GET(vorgang, akte::findVorgang(change.tx(), wer, call.id));
          AKTENLOTSE_TRY(mandant::checkStand(call, vorgang.vorgang.stand));
          AKTENLOTSE_TRY(apply(change, wer, vorgang, call.body));
          return None{};
        });
        AKTENLOTSE_TRY(std::move(done));
        return show(zugang, geschaeftsgang, call);
      });
}

struct ZeichnungListe {
  std::vector<ZeichnungAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(ZeichnungListe, (), (eintraege))

ZeichnungListe zeichnungen(Tx tx, const Berechtigung& wer, const akte::DokumentZeile& dokument) {
  ZeichnungListe out;
  for (const auto& z : tx.query<ZeichnungZeile>(sql::Query::select<ZeichnungZeile>().add(
           " FROM zeichnung WHERE mandant = :mandant AND dokument = :dokument ORDER BY id DESC", wer.mandant,
           dokument.id)))
    out.eintraege.push_back({z.uuid, z.art, z.versionNr, z.sha256, mandant::personKurz(tx, wer.mandant, z.person),
                             z.vertretene ? mandant::personKurz(tx, wer.mandant, *z.vertretene) : std::nullopt, z.zeit,
                             z.uebergangen, z.versionNr < dokument.version});
  return out;
}

}  // namespace

void addLaufwegRoutes(http::Routes& routes, Zugang& zugang, Geschaeftsgang& geschaeftsgang) {
  routes.add<None, None, LaufwegListe>(Verb::get, "/api/vorgaenge/{id}/laufwege",
                                       {"laufwege", "Geschaeftsgang", "The slips of a Vorgang, newest first"},
                                       [&](const auto& call) { return show(zugang, geschaeftsgang, call); });
  routes.add<None, EntwurfFrage, EntwurfAusgabe>(
      Verb::get, "/api/vorgaenge/{id}/laufweg-entwurf",
      {"laufwegEntwurf", "Geschaeftsgang",
       "What a typed line means, what in it is not understood, and how it may go on"},
      [&](const auto& call) {
        return zugang.read<EntwurfAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<EntwurfAusgabe> {
          AKTENLOTSE_GET(vorgang, akte::findVorgang(tx, wer, call.id));
          return entwurf(tx, wer, vorgang, call.query, *geschaeftsgang.verzeichnis(tx, wer.mandant),
                         base::Datum::of(zugang.journal().clock().now()));
        });
      });
  addChange<LaufwegNeu>(routes, zugang, geschaeftsgang, "laufwege", "laufwegStarten", "Start a slip with a typed line",
                        "laufwegFuehren",
                        [&geschaeftsgang](Change& c, const auto& wer, const auto& vorgang, const auto& body) {
                          return geschaeftsgang.starte(c, wer, vorgang, body);
                        });
  addChange<SchrittHandeln>(routes, zugang, geschaeftsgang, "schritt", "schrittHandeln",
                            "Do, return, take, delegate or skip a step (sign, take note, file)", "schrittErledigen",
                            [&geschaeftsgang](Change& c, const auto& wer, const auto& vorgang, const auto& body) {
                              return geschaeftsgang.handle(c, wer, vorgang, body);
                            });
  addChange<SchritteEinfuegen>(routes, zugang, geschaeftsgang, "schritte-einfuegen", "schritteEinfuegen",
                               "Put steps behind the stage of another", "laufwegFuehren",
                               [&geschaeftsgang](Change& c, const auto& wer, const auto& vorgang, const auto& body) {
                                 return geschaeftsgang.fuegeEin(c, wer, vorgang, body);
                               });
  addChange<LaufwegZurueckholen>(routes, zugang, geschaeftsgang, "laufweg-zurueckholen", "laufwegZurueckholen",
                                 "Recall a slip: all that is not over is skipped", "laufwegFuehren",
                                 [&geschaeftsgang](Change& c, const auto& wer, const auto& vorgang, const auto& body) {
                                   return geschaeftsgang.holeZurueck(c, wer, vorgang, body);
                                 });
  routes.add<None, None, ZeichnungListe>(
      Verb::get, "/api/dokumente/{id}/zeichnungen",
      {"zeichnungen", "Geschaeftsgang", "The marks on the versions of a Dokument, newest first"},
      [&zugang](const auto& call) {
        return zugang.read<ZeichnungListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<ZeichnungListe> {
          AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
          return zeichnungen(tx, wer, mit.dokument);
        });
      });
}

}  // namespace geschaeftsgang
