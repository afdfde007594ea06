#pragma once
// The door that every request passes: session or token, CSRF, the right of the route; then the handler's transaction.
#include "http/routes.h"
#include "journal/journal.h"
#include "mandant/ereignisse.h"
#include "mandant/rechte.h"
#include "mandant/webauthn.h"

namespace mandant {

/// A tenant by its key, as typed at the login or given on the command line.
[[nodiscard]] std::optional<std::int64_t> mandantByKey(const sql::ReadTx& tx, std::string_view schluessel);
[[nodiscard]] std::vector<std::int64_t> alleMandanten(const sql::ReadTx& tx);

/// The program itself, for commands of the operator: all rights, all rows. No session or token ever gives it.
[[nodiscard]] Berechtigung systemBerechtigung(std::int64_t mandant);

/// The rights of a person, for jobs and commands that act for somebody.
[[nodiscard]] Berechtigung berechtigungOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person);

/// Passwords: argon2id. At least 10 characters, without the login name and the name of this program, and none of those
/// that everybody takes.
[[nodiscard]] base::Result<void> checkNewPassword(std::string_view passwort, std::string_view anmeldename);
/// `vorlaeufig`: somebody else has chosen it, so the person must choose another one when he signs in.
void storePassword(sql::WriteTx& tx, std::int64_t mandant, std::int64_t person, std::string_view passwort,
                   bool vorlaeufig);

/// The number in If-Match against the row's; `stand` is there for every route that changes something existing.
[[nodiscard]] base::Result<void> checkStand(const http::Context& call, std::int64_t stand);

class Zugang {
 public:
  /// `partei`: whom security keys are for; nothing where the operator named no address, and there are none. `ruhe`:
  /// seconds without an act of the person after which a session ends; 0 for none but its last end.
  Zugang(journal::Journal& journal, bool secureCookies, std::optional<Partei> partei = {}, std::int64_t ruhe = 0)
      : journal_(journal),
        secureCookies_(secureCookies),
        partei_(std::move(partei)),
        ruhe_(ruhe),
        ereignisse_(journal.database(), journal.clock()) {}

  /// For http::Routes::gate: who asks, and has he the route's right? Open routes pass.
  [[nodiscard]] base::Result<std::shared_ptr<const void>> admit(const http::Request& request,
                                                                const http::RouteInfo& info);

  struct Angemeldet {
    Berechtigung wer;
    std::string cookie;  ///< the whole Set-Cookie value
  };
  /// Opens a session. Wrong names and wrong passwords are one and the same answer, in the same time; after ten failures
  /// of a name in a row it is closed for some minutes.
  [[nodiscard]] base::Result<Angemeldet> anmelden(std::string_view mandant, std::string_view name,
                                                  std::string_view passwort);
  /// A session of that person, with a new secret. `offen` says what is still to come before it gives rights.
  [[nodiscard]] Angemeldet eroeffne(sql::WriteTx& tx, std::int64_t mandant, std::int64_t person,
                                    std::optional<Offen> offen);
  /// Ends this session, or all of the person.
  void abmelden(const Berechtigung& wer, bool everywhere);
  static void abmelden(sql::WriteTx& tx, std::int64_t mandant, std::int64_t person);
  /// Asked again before what protects the access is changed; wrong ones count as at the login.
  [[nodiscard]] base::Result<void> verlangePasswort(const Berechtigung& wer, std::string_view passwort,
                                                    const char* feld);
  [[nodiscard]] std::string endCookie() const;

  /// A reading handler: f(const ReadTx&, const Berechtigung&) -> Result<Out>.
  template <class Out, class C, class F>
  base::Result<http::Reply<Out>> read(const C& call, F&& f) {
    const auto& wer = who(call);
    return reply(
        journal_.database().read(wer.mandant, [&](const sql::ReadTx& tx) -> base::Result<Out> { return f(tx, wer); }));
  }

  /// A changing handler: f(Change&, const Berechtigung&) -> Result<Out>.
  template <class Out, class C, class F>
  base::Result<http::Reply<Out>> change(const C& call, F&& f) {
    const auto& wer = who(call);
    return reply(journal_.change(wer.mandant, [&](journal::Change& change) -> base::Result<Out> {
      change.by({wer.person, 0});
      return f(change, wer);
    }));
  }

  /// A creating handler: make(Change&, wer) -> Result<Uuid> of the new object; load(tx, wer, uuid) -> Result<Out>. The
  /// same Idempotency-Key again gives the same object, and nothing is made twice. `sha256` stands for the body of an
  /// upload, whose bytes are not in the request.
  template <class Out, class C, class Make, class Load>
  base::Result<http::Reply<Out>> create(const C& call, Make&& make, Load&& load, std::string_view sha256 = {}) {
    const auto& wer = who(call);
    return reply(journal_.change(wer.mandant, [&](journal::Change& change) -> base::Result<Out> {
      change.by({wer.person, 0});
      std::string fingerprint;
      if (call.key) {
        fingerprint = call.request.method + call.request.target + "\n" + call.request.body;
        fingerprint = base::sha256Hex(fingerprint.append(sha256));
        AKTENLOTSE_GET(earlier, earlierAnswer(change.tx(), wer, *call.key, fingerprint));
        if (earlier) return load(change.tx(), wer, *earlier);
      }
      AKTENLOTSE_GET(uuid, make(change, wer));
      if (call.key) rememberAnswer(change, wer, *call.key, fingerprint, uuid);
      return load(change.tx(), wer, uuid);
    }));
  }

  template <class C>
  [[nodiscard]] static const Berechtigung& who(const C& call) {
    return call.template sessionAs<Berechtigung>();
  }

  [[nodiscard]] journal::Journal& journal() { return journal_; }
  [[nodiscard]] Ereignisse& ereignisse() { return ereignisse_; }
  [[nodiscard]] const std::optional<Partei>& partei() const { return partei_; }

 private:
  /// Over TLS browsers keep a name that begins so for this host alone.
  [[nodiscard]] std::string_view cookieName() const {
    return secureCookies_ ? "__Host-aktenlotse_sitzung" : "aktenlotse_sitzung";
  }
  template <class Out>
  static base::Result<http::Reply<Out>> reply(base::Result<Out> result) {
    if (!result) return tl::unexpected<base::Error>(std::move(result.error()));
    http::Reply<Out> out;
    if constexpr (requires { result->stand; }) out.stand = result->stand;
    out.value = std::move(*result);
    return out;
  }
  /// `act`: the person did something; it puts off the end of a session that would end by rest.
  [[nodiscard]] base::Result<Berechtigung> fromCookie(std::string_view cookie, bool act);
  [[nodiscard]] base::Result<Berechtigung> fromToken(std::string_view token);
  [[nodiscard]] static base::Result<std::optional<base::Uuid>> earlierAnswer(const sql::ReadTx& tx,
                                                                             const Berechtigung& wer,
                                                                             const base::Uuid& key,
                                                                             const std::string& fingerprint);
  static void rememberAnswer(journal::Change& change, const Berechtigung& wer, const base::Uuid& key,
                             const std::string& fingerprint, const base::Uuid& uuid);

  journal::Journal& journal_;
  bool secureCookies_;  ///< browsers send the cookie over TLS only
  std::optional<Partei> partei_;
  std::int64_t ruhe_;
  Ereignisse ereignisse_;
};

}  // namespace mandant
