// The Postkorb: what is somebody's to do now, by what is due.
#include "geschaeftsgang/frist.h"
#include "routen.h"

namespace geschaeftsgang {
namespace {

enum class Korb : std::uint8_t { meine, einheit };
BOOST_DESCRIBE_ENUM(Korb, meine, einheit)

struct PostkorbFrage : akte::Seite {
  std::optional<Korb> korb{};  ///< by default one's own
};
BOOST_DESCRIBE_STRUCT(PostkorbFrage, (akte::Seite), (korb))

struct VorgangVerweis {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string zeichen{}, betreff{};
};
BOOST_DESCRIBE_STRUCT(VorgangVerweis, (), (id, stand, zeichen, betreff))

struct SchrittKurz {
  std::int64_t stufe = 0;
  Schrittart art{};
  std::string name{};
  Schrittstatus status{};
};
BOOST_DESCRIBE_STRUCT(SchrittKurz, (), (stufe, art, name, status))

struct PostkorbEintrag {
  base::Uuid id{};  ///< of the step
  VorgangVerweis vorgang{};
  std::optional<Verweis> dokument{};
  Schrittart art{};
  AdressatAusgabe adressat{};
  OptDatum termin{};
  OptText text{};
  std::optional<PersonKurz> von{};  ///< who wants it
  std::optional<base::Zeitpunkt> seit{};
  bool zurueckgegeben = false;  ///< it came back, with the reason as text
  bool erneut = false;          ///< signed already, but there is a newer version
  std::vector<Schritthandlung> darf{};
  std::vector<SchrittKurz> laufweg{};
};
BOOST_DESCRIBE_STRUCT(PostkorbEintrag, (),
                      (id, vorgang, dokument, art, adressat, termin, text, von, seit, zurueckgegeben, erneut, darf,
                       laufweg))

struct PostkorbZahlen {
  std::int64_t meine = 0, einheit = 0, ueberfaellig = 0, heute = 0;
};
BOOST_DESCRIBE_STRUCT(PostkorbZahlen, (), (meine, einheit, ueberfaellig, heute))

struct PostkorbAusgabe {
  std::vector<PostkorbEintrag> eintraege{};
  OptText nach{};
  PostkorbZahlen zahlen{};
  base::Datum heute{};
};
BOOST_DESCRIBE_STRUCT(PostkorbAusgabe, (), (eintraege, nach, zahlen, heute))

/// FROM and WHERE of the open steps of a basket, found by the keys of the person; CROSS JOIN keeps SQLite in this
/// order. A Wiedervorlage is in it from its day on.
sql::Query steps(const Berechtigung& wer, Korb korb, const base::Datum& heute) {
  sql::Query out(
      " FROM (SELECT x.id FROM schritt x WHERE x.mandant = :m1 AND x.status = 'aktuell' AND x.bearbeiter IS NULL AND "
      "x.an IN (",
      wer.mandant);
  if (korb == Korb::meine)
    out.add(
        "SELECT 'person:' || CAST(p.id AS TEXT) FROM person p WHERE p.mandant = :m2 AND p.id = :ich1 UNION ALL SELECT "
        "'stelle:' || CAST(b.stelle AS TEXT) FROM besetzung b WHERE b.mandant = :m3 AND b.person = :ich2) UNION ALL "
        "SELECT y.id FROM schritt y WHERE y.mandant = :m4 AND y.status = 'aktuell' AND y.bearbeiter = :ich3",
        wer.mandant, wer.person, wer.mandant, wer.person, wer.mandant, wer.person);
  else
    out.add(
        "SELECT 'organisationseinheit:' || CAST(t.organisationseinheit AS TEXT) FROM besetzung b JOIN stelle t ON "
        "t.mandant = b.mandant AND t.id = b.stelle WHERE b.mandant = :m2 AND b.person = :ich1 UNION ALL SELECT "
        "'rolle:' || r.rolle FROM besetzung c JOIN stelle_rolle r ON r.mandant = c.mandant AND r.stelle = c.stelle "
        "WHERE c.mandant = :m3 AND c.person = :ich2)",
        wer.mandant, wer.person, wer.mandant, wer.person);
  out.add(
      ") k CROSS JOIN schritt s CROSS JOIN vorgang v CROSS JOIN akte a WHERE s.mandant = :m5 AND s.id = k.id "
      "AND v.mandant = s.mandant AND v.id = s.vorgang AND v.status = 'inBearbeitung' "
      "AND a.mandant = v.mandant AND a.id = v.akte AND a.status = 'inBearbeitung' "
      "AND (s.art <> 'wiedervorlage' OR s.faellig <= :heute) AND ",
      wer.mandant, heute);
  return out.add(mandant::sichtbar("v.zugriff", wer));
}

/// Mitzeichnungen of this person that a newer version asks for again.
sql::Query stale(const Berechtigung& wer) {
  sql::Query out(
      " FROM schritt s JOIN laufweg l ON l.mandant = s.mandant AND l.id = s.laufweg AND l.status = 'laeuft' "
      "JOIN dokument d ON d.mandant = s.mandant AND d.id = s.dokument "
      "JOIN vorgang v ON v.mandant = s.mandant AND v.id = s.vorgang AND v.status = 'inBearbeitung' "
      "JOIN akte a ON a.mandant = v.mandant AND a.id = v.akte AND a.status = 'inBearbeitung' "
      "WHERE s.mandant = :mandant AND s.status = 'erledigt' AND s.art = 'mitzeichnung' AND s.ergebnis = 'erledigt' "
      "AND s.bearbeiter = :ich AND NOT EXISTS (SELECT 1 FROM zeichnung z WHERE z.mandant = s.mandant AND z.schritt = "
      "s.id AND z.version_nr = d.version) AND ",
      wer.mandant, wer.person);
  return out.add(mandant::sichtbar("v.zugriff", wer));
}

std::int64_t count(Tx tx, const sql::Query& query) {
  return tx.value<std::int64_t>(sql::Query("SELECT COUNT(*)").add(query)).value();
}

/// How many of these steps there are, are overdue, are due today.
struct Zaehlung {
  std::int64_t alle = 0, ueberfaellig = 0, heute = 0;
};
BOOST_DESCRIBE_STRUCT(Zaehlung, (), (alle, ueberfaellig, heute))

class Leser {
 public:
  Leser(Tx tx, const Berechtigung& wer, base::Datum heute)
      : tx_(tx), wer_(wer), heute_(std::move(heute)), ich_(personOf(tx, wer.mandant, wer.person)) {}

  Result<PostkorbAusgabe> read(const PostkorbFrage& frage) {
    const auto korb = frage.korb.value_or(Korb::meine);
    AKTENLOTSE_GET(limit, akte::limitOf(frage.limit));
    PostkorbAusgabe out;
    out.heute = heute_;
    auto query = sql::Query::select<SchrittZeile>("s").add(steps(wer_, korb, heute_));
    if (frage.nach) {
      const auto& cursor = frage.nach->value;
      const auto bar = cursor.find('|');
      const auto day = base::Datum::parse(cursor.substr(0, bar));
      AKTENLOTSE_GET(id, akte::cursorOf(bar == std::string::npos ? base::Line<200>{"x"}
                                                                 : base::Line<200>{cursor.substr(bar + 1)}));
      if (!day) return base::fail(base::Code::EingabeUngueltig, "Das ist kein Blättern dieser Liste.", "nach");
      query.add(" AND (s.faellig > :f1 OR (s.faellig = :f2 AND s.id > :i))", *day, *day, id);
    } else if (korb == Korb::meine) {
      for (const auto& row : tx_.query<SchrittZeile>(
               sql::Query::select<SchrittZeile>("s").add(stale(wer_)).add(" ORDER BY s.id LIMIT 50")))
        out.eintraege.push_back(show(row, true));
    }
    auto rows = tx_.query<SchrittZeile>(query.add(" ORDER BY s.faellig, s.id LIMIT :grenze", limit + 1));
    if (static_cast<std::int64_t>(rows.size()) > limit) {
      rows.pop_back();
      out.nach =
          (rows.back().termin ? rows.back().termin->text() : "9999-12-31") + "|" + std::to_string(rows.back().id);
    }
    for (const auto& row : rows) out.eintraege.push_back(show(row, false));
    out.zahlen = counts();
    return out;
  }

 private:
  [[nodiscard]] PostkorbZahlen counts() const {
    sql::Query mine(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN s.faellig < :tag1 THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN s.faellig = :tag2 THEN 1 ELSE 0 END), 0)",
        heute_, heute_);
    const auto own = tx_.one<Zaehlung>(mine.add(steps(wer_, Korb::meine, heute_))).value();
    return {own.alle + count(tx_, stale(wer_)), count(tx_, steps(wer_, Korb::einheit, heute_)), own.ueberfaellig,
            own.heute};
  }

  [[nodiscard]] PostkorbEintrag show(const SchrittZeile& s, bool erneut) const {
    const auto vorgang = mandant::rowById<akte::VorgangZeile>(tx_, wer_.mandant, s.vorgang).value();
    const auto mit = akte::findVorgang(tx_, wer_, vorgang.uuid).value();
    const auto laufweg = mandant::rowById<LaufwegZeile>(tx_, wer_.mandant, s.laufweg).value();
    PostkorbEintrag out;
    out.id = s.uuid;
    out.vorgang = {vorgang.uuid, vorgang.stand, vorgang.zeichen, vorgang.betreff};
    out.dokument = dokumentKurz(tx_, wer_, s.dokument);
    out.art = s.art;
    out.adressat = {s.adressatArt, nameOf(tx_, wer_.mandant, adressatOf(s))};
    out.termin = s.termin;
    out.text = s.text;
    out.von = mandant::personKurz(tx_, wer_.mandant, s.ersteller);
    out.seit = s.aktuellSeit;
    out.erneut = erneut;
    out.darf = angeboten(wer_, ich_, mit, laufweg, s, erneut);
    for (const auto& other : schritteOf(tx_, wer_.mandant, s.laufweg)) {
      if (other.ergebnis == Schrittergebnis::zurueckgegeben && other.stufe == s.stufe - 1 &&
          s.art == Schrittart::bearbeitung && s.text == other.vermerk)
        out.zurueckgegeben = true;
      out.laufweg.push_back({other.stufe, other.art, nameOf(tx_, wer_.mandant, adressatOf(other)), other.status});
    }
    return out;
  }

  Tx tx_;
  const Berechtigung& wer_;
  base::Datum heute_;
  Person ich_;
};

/// The Umlaufmappe: each is signed in a change of its own, and one that is refused keeps no other.
struct MappeZeichnen {
  std::vector<base::Uuid> schritte{};
};
BOOST_DESCRIBE_STRUCT(MappeZeichnen, (), (schritte))
struct MappeErgebnis {
  base::Uuid schritt{};
  bool gezeichnet = false;
  OptText grund{};  ///< why not
};
BOOST_DESCRIBE_STRUCT(MappeErgebnis, (), (schritt, gezeichnet, grund))
struct MappeAusgabe {
  std::vector<MappeErgebnis> eintraege{};
};
BOOST_DESCRIBE_STRUCT(MappeAusgabe, (), (eintraege))

Result<bool> zeichne(Change& change, const Berechtigung& wer, Geschaeftsgang& geschaeftsgang, const base::Uuid& id) {
  change.by({wer.person, 0});
  const auto row = mandant::rowByUuid<SchrittZeile>(change.tx(), wer.mandant, id);
  if (!row) return base::fail(base::Code::NichtGefunden);
  const auto vorgang = mandant::rowById<akte::VorgangZeile>(change.tx(), wer.mandant, row->vorgang).value();
  AKTENLOTSE_GET(mit, akte::findVorgang(change.tx(), wer, vorgang.uuid));
  SchrittHandeln what;
  what.schritt = id;
  what.handlung = Schritthandlung::erledigen;
  AKTENLOTSE_TRY(geschaeftsgang.handle(change, wer, mit, what));
  return true;
}

Result<MappeAusgabe> zeichneAlle(Zugang& zugang, Geschaeftsgang& geschaeftsgang, const Berechtigung& wer,
                                 const MappeZeichnen& input) {
  if (input.schritte.empty() || input.schritte.size() > 100)
    return base::fail(base::Code::EingabeUngueltig, "Eine Umlaufmappe hat 1 bis 100 Stücke.", "schritte");
  auto& journal = zugang.journal();
  return journal.database().write(wer.mandant, [&](sql::WriteTx& tx) -> Result<MappeAusgabe> {
    MappeAusgabe out;
    std::size_t unknown = 0;
    for (const auto& id : input.schritte) {
      const auto done =
          journal.one(tx, wer.mandant, [&](Change& change) { return zeichne(change, wer, geschaeftsgang, id); });
      unknown += !done && done.error().code == base::Code::NichtGefunden ? 1 : 0;
      const auto why = [&] {
        return done.error().detail.empty() ? std::string(base::info(done.error().code).titelDe) : done.error().detail;
      };
      out.eintraege.push_back({id, done.has_value(), done ? OptText{} : OptText{why()}});
    }
    if (unknown == input.schritte.size()) return base::fail(base::Code::NichtGefunden);
    return out;
  });
}

}  // namespace

void addPostkorbRoutes(http::Routes& routes, Zugang& zugang, Geschaeftsgang& geschaeftsgang) {
  routes.add<None, PostkorbFrage, PostkorbAusgabe>(
      Verb::get, "/api/postkorb",
      {"postkorb", "Geschaeftsgang", "What is this person's to do, by what is due; or his unit's"},
      [&zugang](const auto& call) {
        return zugang.read<PostkorbAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<PostkorbAusgabe> {
          return Leser(tx, wer, base::Datum::of(zugang.journal().clock().now())).read(call.query);
        });
      });
  routes.add<MappeZeichnen, None, MappeAusgabe>(
      Verb::post, "/api/postkorb/zeichnen",
      {.id = "postkorbZeichnen",
       .tag = "Geschaeftsgang",
       .summary = "Sign a whole Umlaufmappe; what cannot be signed is named with its reason",
       .recht = "schrittErledigen"},
      [&zugang, &geschaeftsgang](const auto& call) -> Result<http::Reply<MappeAusgabe>> {
        AKTENLOTSE_GET(result, zeichneAlle(zugang, geschaeftsgang, Zugang::who(call), call.body));
        http::Reply<MappeAusgabe> out;
        out.value = std::move(result);
        return out;
      });
}

}  // namespace geschaeftsgang
