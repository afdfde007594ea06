#include "mandant/webauthn.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <sodium.h>

#include <memory>

#include "base/hash.h"
#include "base/json.h"

namespace mandant {
namespace {

constexpr std::size_t largest = 16'384;  ///< bytes of any part: what browsers send is far smaller

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

tl::unexpected<base::Error> refused(std::string detail = "Der Sicherheitsschlüssel wurde nicht anerkannt.") {
  return base::fail(base::Code::EingabeUngueltig, std::move(detail), "schluessel");
}

struct Free {
  void operator()(fido_cred_t* cred) const { fido_cred_free(&cred); }
  void operator()(fido_assert_t* assert) const { fido_assert_free(&assert); }
  void operator()(es256_pk_t* key) const { es256_pk_free(&key); }
  void operator()(eddsa_pk_t* key) const { eddsa_pk_free(&key); }
  void operator()(rs256_pk_t* key) const { rs256_pk_free(&key); }
};
template <class T>
std::unique_ptr<T, Free> owned(T* object) {
  if (object == nullptr) throw base::Failure("no memory for libfido2");
  return std::unique_ptr<T, Free>(object);
}

/// The browser names the question that it answers, and the page on which it did.
base::Result<void> checkClientData(const Partei& partei, std::string_view type, std::string_view aufgabe,
                                   std::string_view clientData) {
  if (clientData.size() > largest) return refused();
  const auto json = base::parseJson(clientData);
  if (!json || !json->is_object()) return refused();
  const auto& object = json->get_object();
  const auto is = [&](std::string_view name, std::string_view wanted) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() && std::string_view(value->get_string()) == wanted;
  };
  if (!is("type", type) || !is("challenge", aufgabe)) return refused();
  if (!is("origin", partei.herkunft))
    return refused("Der Sicherheitsschlüssel gilt für eine andere Adresse als diese.");
  const auto* cross = object.if_contains("crossOrigin");
  if (cross != nullptr && !(cross->is_bool() && !cross->get_bool())) return refused();
  return {};
}

/// Whether CBOR claims no more entries and bytes than can follow: libcbor takes memory for a list as long as it says it
/// is, before it reads the first entry. Its heads are looked through one after the other, whatever lies in what.
bool claimsWhatIsThere(std::string_view cbor) {
  auto entries = static_cast<std::uint64_t>(cbor.size());
  for (std::size_t at = 0; at < cbor.size();) {
    const auto head = static_cast<std::uint8_t>(cbor[at++]);
    const unsigned kind = head >> 5, brief = head & 31U;
    if (brief > 27) continue;  // no length, or none that there is
    std::uint64_t value = brief;
    if (brief >= 24) {
      const std::size_t width = std::size_t{1} << (brief - 24);
      if (cbor.size() - at < width) return false;
      value = 0;
      for (std::size_t i = 0; i < width; ++i) value = value << 8 | static_cast<std::uint8_t>(cbor[at++]);
    }
    const bool text = kind == 2 || kind == 3, list = kind == 4 || kind == 5;
    if ((text && value > cbor.size() - at) || (list && value > entries)) return false;
    if (text) at += value;
    if (list) entries -= value;
  }
  return true;
}

/// What follows the fixed part of what a key says: its public half when it is registered, and extensions.
bool claimsWhatIsThereIn(std::string_view authenticatorData, bool registered) {
  constexpr std::size_t flagsAt = 32, fixed = 37, nameSizeAt = 53, name = 55;
  if (authenticatorData.size() < fixed) return true;
  if (!registered || (authenticatorData[flagsAt] & 0x40) == 0)
    return claimsWhatIsThere(authenticatorData.substr(fixed));
  if (authenticatorData.size() < name) return true;
  const auto size = static_cast<std::size_t>(static_cast<std::uint8_t>(authenticatorData[nameSizeAt]) << 8 |
                                             static_cast<std::uint8_t>(authenticatorData[nameSizeAt + 1]));
  return authenticatorData.size() < name + size || claimsWhatIsThere(authenticatorData.substr(name + size));
}

using Cred = std::unique_ptr<fido_cred_t, Free>;

/// libfido2 wants to know the algorithm before it reads the key: nothing where it is another.
std::unique_ptr<fido_cred_t, Free> readCred(const Partei& partei, std::int64_t algorithm,
                                            std::string_view authenticatorData) {
  auto cred = owned(fido_cred_new());
  const bool read =
      fido_cred_set_type(cred.get(), static_cast<int>(algorithm)) == FIDO_OK &&
      fido_cred_set_rp(cred.get(), partei.id.c_str(), "Aktenlotse") == FIDO_OK &&
      fido_cred_set_authdata_raw(cred.get(), bytes(authenticatorData), authenticatorData.size()) == FIDO_OK;
  return read ? std::move(cred) : nullptr;
}

/// Nothing is signed yet, as no attestation is asked for (who made the key is nobody's business): what is left to check
/// is whom the key is for, and that it was touched.
bool isFor(const Partei& partei, const fido_cred_t* cred) {
  constexpr std::uint8_t userPresent = 1;
  constexpr std::size_t hashSize = 32;
  if (fido_cred_authdata_raw_len(cred) < hashSize || (fido_cred_flags(cred) & userPresent) == 0) return false;
  std::string hash(2 * hashSize + 1, '\0');
  sodium_bin2hex(hash.data(), hash.size(), fido_cred_authdata_raw_ptr(cred), hashSize);
  hash.pop_back();
  return hash == base::sha256Hex(partei.id);
}

std::string text(const unsigned char* data, std::size_t size) {
  return base64Url({reinterpret_cast<const char*>(data), size});
}

bool signedBy(const fido_assert_t* assert, std::int64_t algorithm, const std::string& key) {
  const auto verify = [&](const void* parsed) {
    return fido_assert_verify(assert, 0, static_cast<int>(algorithm), parsed) == FIDO_OK;
  };
  if (algorithm == COSE_ES256) {
    const auto parsed = owned(es256_pk_new());
    return es256_pk_from_ptr(parsed.get(), key.data(), key.size()) == FIDO_OK && verify(parsed.get());
  }
  if (algorithm == COSE_EDDSA) {
    const auto parsed = owned(eddsa_pk_new());
    return eddsa_pk_from_ptr(parsed.get(), key.data(), key.size()) == FIDO_OK && verify(parsed.get());
  }
  if (algorithm == COSE_RS256) {
    const auto parsed = owned(rs256_pk_new());
    return rs256_pk_from_ptr(parsed.get(), key.data(), key.size()) == FIDO_OK && verify(parsed.get());
  }
  return false;
}

}  // namespace

std::optional<Partei> parteiAus(std::string_view adresse) {
  if (adresse.empty()) return std::nullopt;
  while (adresse.ends_with('/')) adresse.remove_suffix(1);
  const auto scheme = adresse.find("://");
  const auto host = scheme == std::string_view::npos ? std::string_view() : adresse.substr(scheme + 3);
  const auto name = host.substr(0, host.find(':'));
  const bool tls = adresse.starts_with("https://");
  const bool local = adresse.starts_with("http://") && name == "localhost";
  const bool plain = host.find_first_of("/?#@[] ") == std::string_view::npos &&
                     name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos &&
                     name.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos;
  if ((!tls && !local) || !plain)
    throw base::Failure(
        "--adresse braucht die Adresse, unter der das Programm aufgerufen wird, mit Namen und in kleinen Buchstaben: "
        "https://akten.stadt.example, oder http://localhost:8080 zum Ausprobieren.");
  return Partei{std::string(adresse), std::string(name)};
}

std::string base64Url(std::string_view data) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(data.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes(data), data.size(), variant);
  out.pop_back();
  return out;
}

std::optional<std::string> ausBase64Url(std::string_view coded) {
  std::string out(coded.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), coded.data(), coded.size(), nullptr,
                        &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
    return std::nullopt;
  out.resize(size);
  return out;
}

base::Result<Schluessel> pruefeRegistrierung(const Partei& partei, std::string_view aufgabe,
                                             std::string_view clientData, std::string_view authenticatorData) {
  AKTENLOTSE_TRY(checkClientData(partei, "webauthn.create", aufgabe, clientData));
  if (authenticatorData.size() > largest || !claimsWhatIsThereIn(authenticatorData, true)) return refused();
  for (const auto algorithm : verfahren) {
    const auto cred = readCred(partei, algorithm, authenticatorData);
    if (!cred) continue;
    if (!isFor(partei, cred.get()) || fido_cred_id_len(cred.get()) == 0) break;
    return Schluessel{text(fido_cred_id_ptr(cred.get()), fido_cred_id_len(cred.get())),
                      text(fido_cred_pubkey_ptr(cred.get()), fido_cred_pubkey_len(cred.get())), algorithm,
                      fido_cred_sigcount(cred.get())};
  }
  return refused();
}

base::Result<std::int64_t> pruefeNachweis(const Partei& partei, std::string_view aufgabe, const Schluessel& schluessel,
                                          const Nachweis& nachweis) {
  AKTENLOTSE_TRY(checkClientData(partei, "webauthn.get", aufgabe, nachweis.clientData));
  if (nachweis.authenticatorData.size() > largest || nachweis.signatur.size() > largest ||
      !claimsWhatIsThereIn(nachweis.authenticatorData, false))
    return refused();
  const auto key = ausBase64Url(schluessel.oeffentlich);
  const auto assert = owned(fido_assert_new());
  const bool read =
      key &&
      fido_assert_set_clientdata(assert.get(), bytes(nachweis.clientData), nachweis.clientData.size()) == FIDO_OK &&
      fido_assert_set_rp(assert.get(), partei.id.c_str()) == FIDO_OK &&
      fido_assert_set_count(assert.get(), 1) == FIDO_OK &&
      fido_assert_set_authdata_raw(assert.get(), 0, bytes(nachweis.authenticatorData),
                                   nachweis.authenticatorData.size()) == FIDO_OK &&
      fido_assert_set_sig(assert.get(), 0, bytes(nachweis.signatur), nachweis.signatur.size()) == FIDO_OK &&
      fido_assert_set_up(assert.get(), FIDO_OPT_TRUE) == FIDO_OK;
  if (!read || !signedBy(assert.get(), schluessel.verfahren, *key)) return refused();
  const std::int64_t count = fido_assert_sigcount(assert.get(), 0);
  if ((count != 0 || schluessel.zaehler != 0) && count <= schluessel.zaehler)
    return refused("Dieser Sicherheitsschlüssel scheint kopiert zu sein. Wenden Sie sich an die Administration.");
  return count;
}

}  // namespace mandant
