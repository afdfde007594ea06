// Tables from outside: whatever comes is read without harm, and what was read comes again from what is written.
#include <cstdlib>

#include "../plan_spalten.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)akte::readBlatt(text);
  const auto table = akte::readCsv(text);
  const auto spalten = akte::findeSpalten(table);
  std::vector<std::string> signs;
  for (const auto& row : table) signs.push_back(spalten.zelle(row, akte::Feld::kennzeichen));
  const akte::Gliederung gliederung(signs);
  for (const auto& sign : signs) {
    if (gliederung.ueber(sign).kennzeichen == sign) std::abort();
    (void)akte::jahreFrom(sign);
    (void)akte::tagFrom(sign);
  }
  std::string again;
  for (const auto& row : table) akte::appendCsv(again, row.zellen);
  const auto second = akte::readCsv("a;b;c;d;e;f;g;h;i;j\r\n" + again);
  if (second.size() != table.size() + 1) std::abort();
  return 0;
}
