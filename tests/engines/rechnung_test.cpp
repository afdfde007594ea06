// Electronic invoices: what they say is kept with the Dokument, and found.
#include "support/world.h"

namespace engines {
namespace {

class Rechnungen : public ::testing::TestWithParam<Engine> {
 protected:
  World world_{GetParam()};
  Town town_{world_};

  akte::Datei store(std::string_view bytes, const std::string& name) {
    auto writer = world_.blobs.writer();
    writer->write(bytes);
    return world_.schriftgut.einlagern(*writer, name);
  }
  DokumentZeile eingang(const akte::Datei& datei) {
    return must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.createEingang(c, w, {}, datei, {});
    }));
  }
  std::vector<akte::RechnungZeile> kept() {
    return world_.read(town_.mandant,
                       [&](const sql::ReadTx& tx) { return mandant::allRows<akte::RechnungZeile>(tx, town_.mandant); });
  }
};

constexpr std::string_view ubl =
    "<Invoice xmlns='u'><ID>RE-4711/26</ID><IssueDate>2026-03-02</IssueDate><DueDate>2026-03-16</DueDate>"
    "<DocumentCurrencyCode>EUR</DocumentCurrencyCode><AccountingSupplierParty><Party><PartyName><Name>Tiefbau Musterau "
    "GmbH</Name></PartyName></Party></AccountingSupplierParty><PaymentMeans><PayeeFinancialAccount>"
    "<ID>DE02120300000000202051</ID></PayeeFinancialAccount></PaymentMeans><LegalMonetaryTotal><PayableAmount>1234.50"
    "</PayableAmount></LegalMonetaryTotal></Invoice>";

TEST_P(Rechnungen, areKeptWithTheirDokumentAndFoundByNumber) {
  const auto dokument = eingang(store(ubl, "datei-0815.xml"));
  EXPECT_EQ(dokument.betreff, "Rechnung RE-4711/26 von Tiefbau Musterau GmbH");
  EXPECT_EQ(dokument.absender, "Tiefbau Musterau GmbH");
  EXPECT_EQ(dokument.datum, base::Datum::of(2026, 3, 2));
  const auto rows = kept();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].dokument, dokument.id);
  EXPECT_EQ(rows[0].nummer, "RE-4711/26");
  EXPECT_EQ(rows[0].betrag, "1234.50");
  EXPECT_EQ(rows[0].waehrung, "EUR");
  EXPECT_EQ(rows[0].faellig, base::Datum::of(2026, 3, 16));
  EXPECT_EQ(rows[0].iban, "DE02120300000000202051");
  EXPECT_EQ(town_.found(town_.bernd, "\"RE-4711/26\""), std::vector{dokument.id});
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Rechnungen, inAMailAreShownWithTheMail) {
  const std::string mail =
      "From: buero@example.org\nTo: amt@example.org\nSubject: Unsere Leistungen\nMIME-Version: 1.0\nContent-Type: "
      "multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nAnbei.\n--b\nContent-Type: application/xml\n"
      "Content-Disposition: attachment; filename=xrechnung.xml\n\n" +
      std::string(ubl) + "\n--b--\n";
  const auto dokument = eingang(store(mail, "mail.eml"));
  EXPECT_EQ(dokument.betreff, "Unsere Leistungen");
  const auto angemeldet = must(world_.zugang.anmelden("stadt", "bernd", password));
  const auto answer =
      world_.request("GET", "/api/posteingang", {{"Cookie", angemeldet.cookie.substr(0, angemeldet.cookie.find(';'))}});
  const auto& entry = answer.json.at("eintraege").at(0);
  EXPECT_EQ(entry.at("anlagen").as_int64(), 1);
  EXPECT_EQ(std::string_view(entry.at("rechnung").at("nummer").as_string()), "RE-4711/26");
  EXPECT_EQ(std::string_view(entry.at("rechnung").at("art").as_string()), "rechnung");
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Rechnungen, ofAnOlderVersionAreNotShown) {
  const auto dokument = eingang(store(ubl, "a.xml"));
  const auto next = store("nur noch Text", "a.txt");
  must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.addVersion(c, w, must(akte::findDokument(c.tx(), w, dokument.uuid)), next, 1);
  }));
  const auto angemeldet = must(world_.zugang.anmelden("stadt", "bernd", password));
  const auto answer = world_.request("GET", "/api/dokumente/" + dokument.uuid.text(),
                                     {{"Cookie", angemeldet.cookie.substr(0, angemeldet.cookie.find(';'))}});
  EXPECT_FALSE(answer.json.as_object().contains("rechnung")) << answer.text;
  EXPECT_EQ(kept().size(), 1U);
}

ON_BOTH_ENGINES(Rechnungen);

}  // namespace
}  // namespace engines
