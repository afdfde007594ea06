#pragma once
// Asks the malware scanner that the operator runs (clamd) what it thinks of a file. Nothing is opened here: the bytes
// go to it as they are, by its INSTREAM command.
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace extract {

/// What the scanner said of a file.
struct Urteil {
  enum class Art : std::uint8_t {
    sauber,
    befund,         ///< `text` names what was found
    nichtPruefbar,  ///< it cannot tell, and will not another time; `text` says why, in German
    keineAntwort,   ///< ask again later; `text` says why, in German
  };
  Art art = Art::keineAntwort;
  std::string text{};
  friend bool operator==(const Urteil&, const Urteil&) = default;
};

/// What a reply to INSTREAM says, without its closing zero.
[[nodiscard]] Urteil urteilAus(std::string_view antwort);

class Virenscanner {
 public:
  /// `adresse`: "unix:/run/clamav/clamd.ctl", "127.0.0.1:3310" or "[::1]:3310"; empty where there is none. Throws
  /// base::Failure for any other. Not asked yet: clamd may start later than we do.
  explicit Virenscanner(std::string adresse, std::chrono::milliseconds geduld = std::chrono::minutes(2));
  [[nodiscard]] bool vorhanden() const { return !adresse_.empty(); }
  /// Asks about the regular file behind `fd`, from its start; its position is left alone. Safe to call from many
  /// threads.
  [[nodiscard]] Urteil pruefe(int fd) const;

 private:
  std::string adresse_;
  std::chrono::milliseconds geduld_;
};

}  // namespace extract
