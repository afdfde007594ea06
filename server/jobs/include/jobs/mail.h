#pragma once
// The outbox: mail goes out as a job, so that it is sent when the change that asks for it stands, and only then.
// RFC 5322, 2047, 5321.
#include "jobs/jobs.h"

namespace jobs {

enum class Verschluesselung : std::uint8_t { keine, starttls, tls };
BOOST_DESCRIBE_ENUM(Verschluesselung, keine, starttls, tls)

/// The operator's mail server.
struct Postausgang {
  std::string host{};  ///< empty = no mail goes out
  int port = 587;
  std::string benutzer{}, passwortDatei{};
  Verschluesselung verschluesselung = Verschluesselung::starttls;
  std::string absender{};  ///< address
};

struct Mail {
  std::string an{};  ///< one address
  std::string betreff{}, text{};
  std::optional<std::string> abmelden{};  ///< where one click ends such mails (RFC 8058); nothing: it is no mailing
};
BOOST_DESCRIBE_STRUCT(Mail, (), (an, betreff, text, abmelden))

/// One address as it may stand in a command of SMTP: no spaces, no brackets, one @.
[[nodiscard]] bool istAdresse(std::string_view text);

/// The whole message. `id` makes its Message-ID, so that a second sending of the same mail can be recognised.
[[nodiscard]] std::string nachricht(const Mail& mail, const std::string& absender, const base::Uuid& id,
                                    base::Zeitpunkt zeit);

/// A file that goes along.
struct Anhang {
  std::string dateiname{}, mime{}, bytes{};
};
/// A letter by mail, from somebody to somebody, to whom one can answer.
struct Brief {
  std::string von{}, vonName{};  ///< address, and how it is shown
  std::string an{}, anName{};
  std::string antwortAn{};  ///< address for answers; empty = `von`
  std::string betreff{}, text{};
  std::string nachrichtId{};         ///< without its brackets
  std::vector<std::string> bezug{};  ///< ids of what it answers, oldest first
  std::vector<Anhang> anhaenge{};
};
/// The whole message of a letter, which is kept as it was sent.
[[nodiscard]] std::string nachricht(const Brief& brief, base::Zeitpunkt zeit);

/// Hands a message to the mail server. A refusal of this mail is for good, all else can be mended.
[[nodiscard]] Ergebnis uebergib(const Postausgang& postausgang, const std::string& von, const std::string& an,
                                const std::string& nachricht);

/// Puts the mail into the transaction that asks for it. `schluessel` as in Neu.
void sende(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt, const Mail& mail,
           std::optional<std::string> schluessel = {});

/// The kind `mail`.
[[nodiscard]] Art mailArt(Postausgang postausgang);

}  // namespace jobs
