#include "rechnung.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "charset.h"
#include "xml.h"

namespace extractor {
namespace {

constexpr std::size_t kValue = 2000;

struct Feld {
  /// The end of the path of local names, from the root on where it begins with a slash.
  std::string_view path;
  std::string Rechnung::*into;
};

// Where there are several, the first in the list that has a value wins.
constexpr std::array kCii = {
    Feld{"/ExchangedDocument/ID", &Rechnung::nummer},
    Feld{"/HeaderExchangedDocument/ID", &Rechnung::nummer},
    Feld{"/ExchangedDocument/TypeCode", &Rechnung::art},
    Feld{"/HeaderExchangedDocument/TypeCode", &Rechnung::art},
    Feld{"/ExchangedDocument/IssueDateTime/DateTimeString", &Rechnung::datum},
    Feld{"/HeaderExchangedDocument/IssueDateTime/DateTimeString", &Rechnung::datum},
    Feld{"SellerTradeParty/Name", &Rechnung::absender},
    Feld{"SpecifiedTradeSettlementHeaderMonetarySummation/DuePayableAmount", &Rechnung::betrag},
    Feld{"SpecifiedTradeSettlementMonetarySummation/DuePayableAmount", &Rechnung::betrag},
    Feld{"SpecifiedTradeSettlementMonetarySummation/GrandTotalAmount", &Rechnung::betrag},
    Feld{"TradeSettlement/InvoiceCurrencyCode", &Rechnung::waehrung},
    Feld{"SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString", &Rechnung::faellig},
    Feld{"PayeePartyCreditorFinancialAccount/IBANID", &Rechnung::iban},
    Feld{"TradeAgreement/BuyerReference", &Rechnung::leitwegId},
};
constexpr std::array kUbl = {
    Feld{"/ID", &Rechnung::nummer},
    Feld{"/InvoiceTypeCode", &Rechnung::art},
    Feld{"/CreditNoteTypeCode", &Rechnung::art},
    Feld{"/IssueDate", &Rechnung::datum},
    Feld{"/AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName", &Rechnung::absender},
    Feld{"/AccountingSupplierParty/Party/PartyName/Name", &Rechnung::absender},
    Feld{"/LegalMonetaryTotal/PayableAmount", &Rechnung::betrag},
    Feld{"/DocumentCurrencyCode", &Rechnung::waehrung},
    Feld{"/DueDate", &Rechnung::faellig},
    Feld{"/PaymentMeans/PaymentDueDate", &Rechnung::faellig},
    Feld{"/PaymentMeans/PayeeFinancialAccount/ID", &Rechnung::iban},
    Feld{"/BuyerReference", &Rechnung::leitwegId},
};

class Visitor : public XmlVisitor {
 public:
  void start(std::string_view name, const Attributes&) override {
    if (depth_++ == 0) {
      root_ = name;
      return;
    }
    path_.append("/").append(name);
    value_.clear();
  }

  void end(std::string_view) override {
    if (--depth_ <= 0) return;
    if (isCii())
      keep(kCii);
    else if (isUbl())
      keep(kUbl);
    path_.erase(path_.rfind('/'));
    value_.clear();
  }

  void text(std::string_view utf8) override {
    if (value_.size() < kValue) value_ += utf8;
  }

  [[nodiscard]] bool isCii() const { return root_ == "CrossIndustryInvoice" || root_ == "CrossIndustryDocument"; }
  [[nodiscard]] bool isUbl() const { return root_ == "Invoice" || root_ == "CreditNote"; }
  [[nodiscard]] bool isCreditNote() const { return root_ == "CreditNote"; }
  [[nodiscard]] const Rechnung& found() const { return found_; }

 private:
  template <std::size_t N>
  void keep(const std::array<Feld, N>& felder) {
    const std::string value = cleanLine(value_);
    if (value.empty()) return;
    for (std::size_t i = 0; i < N; ++i) {
      const auto& feld = felder[i];
      const bool here = feld.path.front() == '/' ? path_ == feld.path : endsWith(feld.path);
      auto& rank = ranks_[i];
      if (!here || rank) continue;
      // A lesser source never takes the place of a better one.
      for (std::size_t better = 0; better < i; ++better)
        if (felder[better].into == feld.into && ranks_[better]) return;
      rank = true;
      found_.*feld.into = value;
    }
  }

  /// Names like ApplicableHeaderTradeSettlement end in the name that is asked for.
  [[nodiscard]] bool endsWith(std::string_view path) const { return path_.ends_with(path); }

  std::string root_, path_, value_;
  int depth_ = 0;
  std::array<bool, 32> ranks_{};
  Rechnung found_;
};

/// YYYY-MM-DD of that, of YYYYMMDD, or of a longer moment; else empty.
std::string dayOf(std::string_view text) {
  std::string digits;
  for (const char c : text.substr(0, 10))
    if (std::isdigit(static_cast<unsigned char>(c))) digits += c;
  if (digits.size() < 8) return {};
  return digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2);
}

/// A decimal number as XML writes it; else empty.
std::string amountOf(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const bool number =
      !text.empty() && text.size() <= 20 && std::count(text.begin(), text.end(), '.') <= 1 &&
      std::isdigit(static_cast<unsigned char>(text.front())) &&
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) || c == '.'; });
  return number ? (negative ? "-" : "") + std::string(text) : std::string();
}

/// Letters and digits only, upper case: people write IBANs in groups.
std::string codeOf(std::string_view text, std::size_t most) {
  std::string out;
  for (const unsigned char c : text)
    if (std::isalnum(c)) out += static_cast<char>(std::toupper(c));
  return out.size() <= most ? out : std::string();
}

}  // namespace

std::optional<Rechnung> readRechnung(Bytes xml) {
  Visitor visitor;
  XmlStream stream(visitor);
  if (stream.feed(xml)) (void)stream.finish();
  Rechnung out = visitor.found();
  if ((!visitor.isCii() && !visitor.isUbl()) || out.nummer.empty()) return std::nullopt;
  out.syntax = visitor.isCii() ? "cii" : "ubl";
  out.art = visitor.isCreditNote() || out.art == "381" ? "gutschrift" : "rechnung";
  out.datum = dayOf(out.datum);
  out.faellig = dayOf(out.faellig);
  out.betrag = amountOf(out.betrag);
  out.waehrung = codeOf(out.waehrung, 3);
  out.iban = codeOf(out.iban, 34);
  return out;
}

}  // namespace extractor
