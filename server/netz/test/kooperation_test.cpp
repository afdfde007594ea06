// What fits what, and why: the same from both sides, and never where one side says no.
#include "netz/kooperation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace netz {
namespace {

Vorhaben scannen(Richtung richtung) {
  Vorhaben out;
  out.richtung = richtung;
  out.thema = "Gemeinsam scannen";
  out.land = "Sachsen";
  out.einwohner = 4'000;
  return out;
}

TEST(Kooperation, anOfferFitsARequestAndSaysWhy) {
  auto dort = scannen(Richtung::biete);
  dort.thema = "Wir scannen für Nachbarn";
  dort.land = "Sachsen-Anhalt";
  auto hier = scannen(Richtung::suche);
  hier.laender = {"Sachsen-Anhalt"};
  const auto found = passt(hier, dort);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->gruende.front(), "Beide schreiben von „scanne…“.");
  EXPECT_NE(std::ranges::find(found->gruende, "Dort wird geboten, was Sie suchen."), found->gruende.end());
  EXPECT_NE(std::ranges::find(found->gruende, "Sachsen-Anhalt ist ausdrücklich gemeint."), found->gruende.end());
  EXPECT_GT(found->punkte, passt(hier,
                                 [&] {
                                   auto other = dort;
                                   other.richtung = Richtung::suche;
                                   return other;
                                 }())
                               ->punkte);
}

TEST(Kooperation, twoOffersOrAnotherTopicDoNotFit) {
  EXPECT_FALSE(passt(scannen(Richtung::biete), scannen(Richtung::biete)));
  auto other = scannen(Richtung::biete);
  other.thema = "Winterdienst";
  EXPECT_FALSE(passt(scannen(Richtung::suche), other));
}

TEST(Kooperation, differentLegalFormsAreNamedAndDoNotForbid) {
  auto hier = scannen(Richtung::suche), dort = scannen(Richtung::biete);
  hier.rechtsform = Rechtsform::zweckverband;
  dort.rechtsform = Rechtsform::formlos;
  const auto found = passt(hier, dort);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->gruende.back(),
            "Zu klären ist die Rechtsform: Sie denken an einen Zweckverband, die andere Seite an ein formloses "
            "Miteinander.");
}

rc::Gen<Vorhaben> any() {
  return rc::gen::exec([] {
    Vorhaben out;
    out.richtung = *rc::gen::element(Richtung::suche, Richtung::biete);
    out.thema = *rc::gen::element<std::string>("Scannen", "Archiv und Scannen", "Winterdienst", "Archivabgabe", "");
    out.beschreibung = *rc::gen::element<std::string>("", "mit Scannen", "ohne Archiv");
    out.land = *rc::gen::element<std::string>("Sachsen", "Sachsen-Anhalt");
    if (*rc::gen::arbitrary<bool>()) out.laender = {*rc::gen::element<std::string>("Sachsen", "Sachsen-Anhalt")};
    out.rechtsform = *rc::gen::element(Rechtsform::offen, Rechtsform::formlos, Rechtsform::zweckverband);
    if (*rc::gen::arbitrary<bool>()) out.groesseVon = *rc::gen::element(Groesse::bis2000, Groesse::bis20000);
    if (*rc::gen::arbitrary<bool>()) out.groesseBis = *rc::gen::element(Groesse::bis5000, Groesse::bis100000);
    if (*rc::gen::arbitrary<bool>()) out.einwohner = *rc::gen::element<std::int64_t>(900, 4'000, 60'000);
    return out;
  });
}

RC_GTEST_PROP(Kooperation, fitsFromBothSidesAlike, ()) {
  const auto a = *any(), b = *any();
  const auto there = passt(a, b), back = passt(b, a);
  RC_ASSERT(there.has_value() == back.has_value());
  if (!there) return;
  RC_ASSERT(there->punkte == back->punkte);
  RC_ASSERT(there->gruende.size() == back->gruende.size());
  RC_ASSERT(!(a.richtung == Richtung::biete && b.richtung == Richtung::biete));
  for (const auto& [wer, wen] : {std::pair{a, b}, std::pair{b, a}}) {
    RC_ASSERT(wer.laender.empty() || std::ranges::find(wer.laender, wen.land) != wer.laender.end());
    if (wen.einwohner && wer.groesseBis) RC_ASSERT(groesseOf(*wen.einwohner) <= *wer.groesseBis);
    if (wen.einwohner && wer.groesseVon) RC_ASSERT(groesseOf(*wen.einwohner) >= *wer.groesseVon);
  }
}

}  // namespace
}  // namespace netz
