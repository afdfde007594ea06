// What is read in letters, on letters as the extractor gives them.
#include "eingang/erkennung.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace eingang {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;

const base::Datum heute = base::Datum::of(2026, 11, 27);
Erkannt lies(std::string_view text) { return erkennen(text, {heute, "Stadt Auenbrück"}); }
std::string wertOf(const std::optional<TextFund>& fund) { return fund ? fund->wert : ""; }
std::vector<std::string> tage(const std::vector<FristFund>& fristen) {
  std::vector<std::string> out;
  for (const auto& frist : fristen) out.push_back(frist.datum ? frist.datum->text() : frist.wortlaut);
  return out;
}

constexpr std::string_view rechnung = R"(Seite 1 von 1
Stadt Auenbrück
Kämmerei
Markt 1
00914 Auenbrück
Rechnung Nr. RE-26-4410
Ihr Zeichen 713-1/2026-2
Lieferung 16. November 2026
Datum 18. November 2026
Winterdienstbedarf Harzmann OHG
Salzstraße 3 · 00488 Kaltenhof · rechnung@harzmann-winter.example
Rechnung RE-26-4410: erste Teillieferung Auftausalz und Splitt
Auf Grund Ihrer Bestellung vom 26. Oktober 2026 zu unserem Angebot AN 26-1107 berechnen wir:
1 Auftausalz lose, frei Lager Bauhof, Wiegeschein 118834 30,12 t 92,40 € 2.783,09 €
Umsatzsteuer 19 % 851,74 €
Rechnungsbetrag 5.334,56 €
Zahlbar bis 18. Dezember 2026 ohne Abzug auf das Konto DE00 4444 5555 0000 0110 70.
)";

TEST(Erkennung, aHeadWithoutTown) {
  const auto found = lies(
      "Familie Petermann\nLindenweg 3 a\nDatum: 3. Februar 2026\nAntrag auf Verlegung\nSehr geehrte Damen und "
      "Herren,\nwir bitten.\n");
  EXPECT_EQ(wertOf(found.absender), "Familie Petermann");
  EXPECT_EQ(wertOf(found.anschrift), "Lindenweg 3 a");
  EXPECT_EQ(wertOf(found.betreff), "Antrag auf Verlegung");
  for (const auto* head : {"Stadt Auenbrück\nMarkt 1\n", "Rechnung\nNummer 12\n", "Guten Tag\nam 3 Uhr\n"})
    EXPECT_FALSE(lies(std::string(head) + "Ein Satz.\n").absender) << head;
}

TEST(Erkennung, aBill) {
  const auto found = lies(rechnung);
  EXPECT_EQ(wertOf(found.betreff), "Rechnung RE-26-4410: erste Teillieferung Auftausalz und Splitt");
  EXPECT_EQ(wertOf(found.absender), "Winterdienstbedarf Harzmann OHG");
  EXPECT_EQ(wertOf(found.email), "rechnung@harzmann-winter.example");
  EXPECT_EQ(wertOf(found.fremdesZeichen), "RE-26-4410");
  ASSERT_TRUE(found.datum);
  EXPECT_EQ(found.datum->wert.text(), "2026-11-18");
  EXPECT_EQ(found.schreiben, Schreiben::Rechnung);
  EXPECT_THAT(tage(found.fristen), ElementsAre("2026-12-18"));
  ASSERT_EQ(found.bezuege.size(), 1U);
  EXPECT_EQ(found.bezuege[0].datum.text(), "2026-10-26");
  std::vector<std::int64_t> gesamt;
  for (const auto& betrag : found.betraege)
    if (betrag.gesamt) gesamt.push_back(betrag.cent);
  EXPECT_THAT(gesamt, ElementsAre(533'456));
  EXPECT_EQ(found.betraege.size(), 4U) << "92,40 and 2.783,09 and 851,74 and the sum; tons are no money";
  EXPECT_THAT(found.zeichen, Contains(Field(&ZeichenFund::form, "713.1.2026.2")));
}

TEST(Erkennung, aPrivateLetter) {
  const auto found = lies(R"(Hannelore Tzschoppe
Parkstraße 27
00914 Auenbrück
03009 23125-933
Stadt Auenbrück, Bauamt
Markt 1
00914 Auenbrück
17. November 2026
Antrag auf Fällung einer Birke auf meinem Grundstück Parkstraße 27
Sehr geehrte Damen und Herren,
in meinem Vorgarten steht eine etwa 50 Jahre alte Birke. Beim Sturm am 9. November ist ein dicker Ast
gefallen. Fällen lassen möchte ich vor dem 28. Februar, damit keine Vögel gestört werden.
Mit freundlichen Grüßen
Hannelore Tzschoppe
EINGEGANGEN
20. Nov. 2026
)");
  EXPECT_EQ(wertOf(found.betreff), "Antrag auf Fällung einer Birke auf meinem Grundstück Parkstraße 27");
  EXPECT_EQ(wertOf(found.absender), "Hannelore Tzschoppe");
  EXPECT_EQ(wertOf(found.anschrift), "Parkstraße 27 00914 Auenbrück");
  ASSERT_TRUE(found.datum);
  EXPECT_EQ(found.datum->wert.text(), "2026-11-17");
  EXPECT_EQ(found.schreiben, Schreiben::Antrag);
  EXPECT_THAT(tage(found.fristen), ElementsAre("2027-02-28")) << "the next one, since no year is written";
  EXPECT_FALSE(found.fremdesZeichen);
}

TEST(Erkennung, aMail) {
  const auto found = lies(R"(Von: Simone Schröder <schroeder@postfach.example>
An: bauamt@auenbrueck.example
Betreff: Bescheid Carport 632-1/2026-2, zwei Fragen

Guten Morgen Frau Großmann,

vielen Dank für den Bescheid vom 22. Oktober, wir haben uns sehr gefreut.
Die Gebühr von 150 Euro ist überwiesen.
)");
  EXPECT_EQ(wertOf(found.absender), "Simone Schröder <schroeder@postfach.example>");
  EXPECT_EQ(wertOf(found.email), "schroeder@postfach.example");
  EXPECT_EQ(wertOf(found.betreff), "Bescheid Carport 632-1/2026-2, zwei Fragen");
  EXPECT_EQ(found.schreiben, Schreiben::Anfrage) << "it answers a Bescheid and is none";
  ASSERT_EQ(found.bezuege.size(), 1U);
  EXPECT_EQ(found.bezuege[0].datum.text(), "2026-10-22");
  EXPECT_EQ(found.bezuege[0].wortlaut, "Bescheid vom 22. Oktober");
  ASSERT_EQ(found.betraege.size(), 1U);
  EXPECT_EQ(found.betraege[0].cent, 15'000);
  EXPECT_FALSE(found.betraege[0].gesamt);
}

TEST(Erkennung, anOfficeWithItsAuthorityAndABlockOfReferences) {
  const auto found = lies(R"(An die Städte und Gemeinden
im Landkreis Erlental
Aktenzeichen VET-508-2026/61
Bearbeitung Frau Dr. Pospiech
Telefon 03007 23125-390
Datum 18. November 2026
Landkreis Erlental
Lebensmittelüberwachungs- und Veterinäramt · Schlossplatz 4 · 00900 Erlental · veterinaeramt@landkreis-erlental.example
Geflügelpest: Allgemeinverfügung zur Aufstallung, Bitte um Aushang
Sehr geehrte Damen und Herren,
die Schau am 5. und 6. Dezember. Bitte bis zum 20. November bekannt machen.
)");
  EXPECT_EQ(wertOf(found.absender), "Landkreis Erlental, Lebensmittelüberwachungs- und Veterinäramt");
  EXPECT_EQ(wertOf(found.fremdesZeichen), "VET-508-2026/61");
  EXPECT_EQ(wertOf(found.betreff), "Geflügelpest: Allgemeinverfügung zur Aufstallung, Bitte um Aushang");
  EXPECT_THAT(tage(found.fristen), ElementsAre("2026-11-20"));
}

/// The columns of labels and of values of DIN 5008, form A, as pdftotext gives them one after the other.
TEST(Erkennung, labelsInAColumnBesideTheirValues) {
  const auto found = lies(R"(Max Mustermann · Musterstraße 1 · 12345 Musterstadt

Fiktive Verwaltungsstelle
Musterweg 4
12345 Beispielstadt

Ihr Zeichen
Ihre Nachricht vom
Mein Zeichen
Kundennummer:
Telefax
Datum

INFO-A
15. Juni 2026
MUSTER-B
K-0000
+49 000 0000001
6. Juli 2026

Beispiel für Form A im Modus: authority
Sehr geehrte Damen und Herren,
)");
  EXPECT_EQ(wertOf(found.absender), "Max Mustermann");
  EXPECT_EQ(wertOf(found.anschrift), "Musterstraße 1 · 12345 Musterstadt");
  EXPECT_EQ(wertOf(found.fremdesZeichen), "MUSTER-B");
  ASSERT_TRUE(found.datum);
  EXPECT_EQ(found.datum->wert.text(), "2026-07-06");
  ASSERT_EQ(found.bezuege.size(), 1U);
  EXPECT_EQ(found.bezuege[0].datum.text(), "2026-06-15");
  EXPECT_EQ(wertOf(found.betreff), "Beispiel für Form A im Modus: authority");
}

TEST(Erkennung, anEndOfContractAndALabelledBetreff) {
  const auto found = lies(R"(Kündigung des Betreuungsvertrages
Nadine Fröhlich, Bahnhofstraße 17, 00914 Auenbrück · 16. November 2026
An die Stadt Auenbrück, Soziales und Kultur, Markt 1, 00914 Auenbrück
Betrifft: Kita Muldenspatzen, Kind Emil Fröhlich, geboren am 2. April 2022
Sehr geehrte Frau Döhler,
hiermit kündige ich den Betreuungsvertrag für meinen Sohn Emil zum 31. Dezember 2026. Ich bitte innerhalb von
zwei Wochen um Antwort.
)");
  EXPECT_EQ(wertOf(found.absender), "Nadine Fröhlich");
  EXPECT_EQ(wertOf(found.betreff), "Kita Muldenspatzen, Kind Emil Fröhlich, geboren am 2. April 2022");
  EXPECT_EQ(found.schreiben, Schreiben::Kuendigung);
  ASSERT_TRUE(found.datum);
  EXPECT_EQ(found.datum->wert.text(), "2026-11-16") << "not the day of birth";
  EXPECT_THAT(tage(found.fristen), ElementsAre("2026-12-31", "innerhalb von zwei Wochen"));
}

TEST(Erkennung, placesAreWhereTheWordsStand) {
  const auto found = lies(rechnung);
  const auto words = [&](const Stelle& stelle) {
    return std::string(rechnung.substr(stelle.von, stelle.bis - stelle.von));
  };
  EXPECT_EQ(words(found.betreff->stelle), found.betreff->wert);
  EXPECT_EQ(words(found.datum->stelle), "18. November 2026");
  EXPECT_EQ(words(found.fremdesZeichen->stelle), "RE-26-4410");
  EXPECT_EQ(words(found.fristen[0].stelle), "18. Dezember 2026");
  EXPECT_EQ(words(found.betraege.back().stelle), "5.334,56 €");
}

TEST(Erkennung, daysInManySpellings) {
  for (const auto* day : {"18.11.2026", "18. November 2026", "18. Nov. 2026", "18 November 2026", "2026-11-18",
                          "18.11.26", "18. N0vember 2026"})
    EXPECT_EQ(lies(std::string("Datum: ") + day + "\n").datum.value_or(DatumFund{}).wert.text(), "2026-11-18") << day;
  for (const auto* day : {"31.02.2026", "18.13.2026", "0.11.2026", "18.11.2027", "118.11.2026"})
    EXPECT_FALSE(lies(std::string("Datum: ") + day + "\n").datum) << day;
  EXPECT_EQ(lies("Datum: 3. Marz 2026\n").datum.value_or(DatumFund{}).wert.text(), "2026-03-03")
      << "OCR loses the dots";
}

TEST(Erkennung, aSpanOfDaysIsNoDeadline) {
  EXPECT_TRUE(lies("Das Stadtfest vom 26. bis 28. Juni 2027 findet statt.").fristen.empty());
  EXPECT_EQ(lies("Antworten Sie bis 28. Juni 2027.").fristen.size(), 1U);
}

TEST(Erkennung, amountsInManySpellings) {
  const auto cents = [](std::string_view text) {
    std::vector<std::int64_t> out;
    for (const auto& betrag : lies(text).betraege) out.push_back(betrag.cent);
    return out;
  };
  EXPECT_THAT(cents("1.200,00 €"), ElementsAre(120'000));
  EXPECT_THAT(cents("1200,00 EUR und 5 Euro"), ElementsAre(120'000, 500));
  EXPECT_THAT(cents("EUR 12,50"), ElementsAre(1'250));
  EXPECT_THAT(cents("1.234.567,89€"), ElementsAre(123'456'789));
  EXPECT_THAT(cents("80,- €"), ElementsAre(8'000));
  EXPECT_THAT(cents("12 Europäer, 30,12 t, Tel. 03009 23125-984, 99999999999999999999 €"), ElementsAre());
}

TEST(Zeichen, haveOneFormInEverySpelling) {
  for (const auto* spelling : {"632.10-4/2026-2", "632.10 - 4 / 2026 - 2", "632.10–4/2026–2", "632.10-4/2026_2"}) {
    const auto found = zeichenIn(std::string("Ihr Zeichen: ") + spelling + ", danke");
    ASSERT_FALSE(found.empty()) << spelling;
    EXPECT_EQ(found[0].form, "632.10.4.2026.2") << spelling;
    EXPECT_FALSE(found[0].verbessert);
  }
  EXPECT_EQ(zeichenForm("632.10-4/2026-2"), "632.10.4.2026.2");
  EXPECT_EQ(zeichenForm("OA 541.1-1/2026"), "oa.541.1.1.2026");
}

TEST(Zeichen, ofOcrAreReadAsTheyWereMeant) {
  const auto has = [](std::string_view text, std::string_view form) {
    for (const auto& fund : zeichenIn(text))
      if (fund.form == form) return fund.verbessert;
    return false;
  };
  EXPECT_TRUE(has("Az. 632.l0-4/2O26-2", "632.10.4.2026.2")) << "l and O";
  EXPECT_TRUE(has("Az. 63Z.10-4/2026-Z", "632.10.4.2026.2")) << "Z";
  EXPECT_TRUE(has("Az. 632.10-4/26-2", "632.10.4.2026.2")) << "the year in short";
}

TEST(Zeichen, inASentenceEndWithIt) {
  const auto found = zeichenIn("zum Vorgang 632-1/2026-2. Die Garage");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].form, "632.1.2026.2");
}

TEST(Absender, haveOneKey) {
  EXPECT_EQ(absenderSchluessel("Simone Schröder <Schroeder@Postfach.example>"), "schroeder@postfach.example");
  EXPECT_EQ(absenderSchluessel("  Heimat- und Festverein  Auenbrück e. V."), "heimat und festverein auenbrück e v");
  EXPECT_EQ(emailIn("kein @ hier"), "");
}

TEST(Erkennung, nothingIsFoundInNothing) {
  for (const auto* text : {"", " \n\f\t", "\xff\xfe\xc3", "a"}) {
    const auto found = lies(text);
    EXPECT_FALSE(found.betreff || found.absender || found.datum || found.fremdesZeichen) << text;
    EXPECT_EQ(found.schreiben, Schreiben::Schreiben);
  }
}

/// A letter put together by chance of pieces that mean something: places stay inside it and days are not to come.
RC_GTEST_PROP(Erkennung, staysInsideTheText, ()) {
  static const std::vector<std::string> pieces{"Datum",
                                               " 18. ",
                                               "November",
                                               "2026",
                                               "\n",
                                               "\f",
                                               "bis zum ",
                                               "Ihr Zeichen",
                                               ": ",
                                               "632.10-4/2026-2",
                                               "Von: ",
                                               "<a@b.example>",
                                               "Sehr geehrte",
                                               "€",
                                               "1.234,56 ",
                                               "ä",
                                               "\xc3",
                                               " · ",
                                               "00914 Auenbrück",
                                               "Straße 3",
                                               "vom ",
                                               "Ihr Schreiben ",
                                               "innerhalb von ",
                                               "Tagen"};
  const auto chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces));
  std::string text;
  for (const auto& piece : chosen) text += piece;
  const auto found = lies(text);
  const auto inside = [&](const Stelle& stelle) { RC_ASSERT(stelle.von <= stelle.bis && stelle.bis <= text.size()); };
  for (const auto* fund : {&found.betreff, &found.absender, &found.anschrift, &found.email, &found.fremdesZeichen})
    if (*fund) inside((*fund)->stelle);
  if (found.datum) RC_ASSERT(found.datum->wert <= heute);
  for (const auto& one : found.fristen) inside(one.stelle);
  for (const auto& one : found.betraege) inside(one.stelle);
  for (const auto& one : found.zeichen) inside(one.stelle);
}

}  // namespace
}  // namespace eingang
