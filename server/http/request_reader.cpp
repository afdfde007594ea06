// Beast 1.81 asserts in its chunk reader that five bytes are there where four are possible ("0\r\n\r" in one piece), so
// a client could end a program built with assertions. This is the only file that instantiates Beast's parser.
#define BOOST_DISABLE_ASSERTS
#include "request_reader.h"

#include <boost/beast/http/basic_parser.hpp>

#include "http/query.h"
#include "utf8.h"
#include "verb.h"
#include "weighted_list.h"

namespace http {

namespace beast = boost::beast;
using base::Code;
using boost::system::error_code;

class RequestReader::Parser final : public beast::http::basic_parser<true> {
 public:
  explicit Parser(std::size_t maxHeader) : maxHeader_(maxHeader) {
    header_limit(static_cast<std::uint32_t>(maxHeader));
    body_limit(boost::none);
  }

  std::size_t feed(std::string_view bytes);
  void limit(std::uint64_t bytes);
  bool persistent() const { return version_ >= 11 && keep_alive(); }
  void refuse(Code code, unsigned status, std::string detail);

  State state = State::header;
  Request request;
  std::string rawPath;
  std::uint64_t received = 0;
  base::Error error;
  unsigned errorStatus = 0;
  bool expectsContinue = false;

 private:
  using Text = beast::string_view;
  using Field = beast::http::field;
  void on_request_impl(beast::http::verb, Text method, Text target, int version, error_code& ec) override;
  void on_response_impl(int, Text, int, error_code&) override {}
  void on_field_impl(Field field, Text name, Text value, error_code& ec) override;
  void on_header_impl(error_code& ec) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(Text piece, error_code& ec) override { return take(piece, ec); }
  void on_chunk_header_impl(std::uint64_t, Text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text piece, error_code& ec) override { return take(piece, ec); }
  void on_finish_impl(error_code&) override {}

  std::size_t take(Text piece, error_code& ec);
  void readTarget(std::string_view target);
  /// Ends the parsing; feed() finds the reason already set.
  static void stop(error_code& ec) { ec = beast::http::error::bad_value; }

  std::size_t maxHeader_;
  std::uint64_t maxBody_ = 0;
  int version_ = 11;
  unsigned hosts_ = 0;
};

void RequestReader::Parser::refuse(Code code, unsigned status, std::string detail) {
  state = State::bad;
  error = {code, std::move(detail)};
  errorStatus = status;
}

std::size_t RequestReader::Parser::feed(std::string_view bytes) {
  std::size_t used = 0;
  // RFC 9112, 2.2: empty lines before a request are passed over.
  while (!got_some() && bytes.substr(used).starts_with("\r\n")) used += 2;
  if (bytes.size() == used || (!got_some() && bytes.substr(used) == "\r")) return used;
  error_code failure;
  used += put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), failure);
  if (state == State::bad) return used;
  if (failure == beast::http::error::header_limit) {
    refuse(Code::AnfrageUngueltig, 431, "Der Kopf der Anfrage ist zu lang.");
  } else if (failure && failure != beast::http::error::need_more) {
    refuse(Code::AnfrageUngueltig, failure == beast::http::error::bad_version ? 505 : 400,
           "Die Anfrage ist kein gültiges HTTP/1.1 (" + failure.message() + ").");
  } else if (is_done()) {
    state = State::done;
  } else if (is_header_done()) {
    state = State::body;
    eager(true);
    // Only the lines between chunks wait for more bytes; no honest one is long.
    if (failure && bytes.size() - used > maxHeader_)
      refuse(Code::AnfrageUngueltig, 400, "Die Stückelung ist ungültig.");
  }
  return used;
}

void RequestReader::Parser::limit(std::uint64_t bytes) {
  maxBody_ = bytes;
  if (state == State::body && content_length().value_or(0) > bytes)
    refuse(Code::ZuGross, 413, "Die Anfrage ist größer als " + std::to_string(bytes) + " Bytes.");
}

std::size_t RequestReader::Parser::take(Text piece, error_code& ec) {
  received += piece.size();
  if (received > maxBody_) {
    refuse(Code::ZuGross, 413, "Die Anfrage ist größer als " + std::to_string(maxBody_) + " Bytes.");
    stop(ec);
    return 0;
  }
  request.body.append(piece.data(), piece.size());
  return piece.size();
}

void RequestReader::Parser::on_request_impl(beast::http::verb, Text method, Text target, int version, error_code&) {
  version_ = version;
  request.method = std::string(method);
  request.verb = verbFrom(request.method);
  request.target = std::string(target);
}

void RequestReader::Parser::on_field_impl(Field field, Text name, Text value, error_code& ec) {
  if (is_header_done()) return;  // Trailers could only contradict what was decided already.
  if (field == Field::host) ++hosts_;
  if (field == Field::transfer_encoding && (version_ < 11 || !sameWord(trim(value), "chunked"))) {
    refuse(Code::AnfrageUngueltig, 501, "Nur „chunked“ wird als Transfer-Encoding verstanden.");
    return stop(ec);
  }
  if (field == Field::expect) {
    expectsContinue = sameWord(trim(value), "100-continue");
    if (!expectsContinue) {
      refuse(Code::AnfrageUngueltig, 417, "Diese Erwartung (Expect) wird nicht verstanden.");
      return stop(ec);
    }
  }
  request.headers.emplace_back(std::string(name), std::string(value));
}

void RequestReader::Parser::on_header_impl(error_code& ec) {
  if (hosts_ > 1 || (hosts_ == 0 && version_ >= 11))
    refuse(Code::AnfrageUngueltig, 400, "Die Anfrage muss genau ein Feld Host haben.");
  else
    readTarget(request.target);
  if (state == State::bad) stop(ec);
}

void RequestReader::Parser::readTarget(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const auto slash = target.find_first_of("/?", scheme.size());
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  const auto question = target.find('?');
  rawPath = target.substr(0, question);
  if (question != std::string_view::npos) request.queryString = target.substr(question + 1);
  const auto path = base::percentDecode(rawPath, false);
  const bool star = rawPath == "*" && request.method == "OPTIONS";
  if (!path || !isPlainUtf8(*path) || (!path->starts_with('/') && !star))
    return refuse(Code::AnfrageUngueltig, 400, "Die Adresse ist nicht lesbar.");
  request.path = *path;
  auto fields = splitQuery(request.queryString);
  if (!fields) return refuse(fields.error().code, 400, fields.error().detail);
  request.queryFields = *std::move(fields);
}

RequestReader::RequestReader(std::size_t maxHeader) : parser_(std::make_unique<Parser>(maxHeader)) {}
RequestReader::~RequestReader() = default;
std::size_t RequestReader::put(std::string_view bytes) { return parser_->feed(bytes); }
RequestReader::State RequestReader::state() const { return parser_->state; }
Request& RequestReader::request() { return parser_->request; }
std::string_view RequestReader::rawPath() const { return parser_->rawPath; }
bool RequestReader::keepAlive() const { return parser_->state == State::done && parser_->persistent(); }
bool RequestReader::expectsContinue() const { return parser_->expectsContinue; }
std::uint64_t RequestReader::received() const { return parser_->received; }
void RequestReader::limitBody(std::uint64_t bytes) { parser_->limit(bytes); }
const base::Error& RequestReader::error() const { return parser_->error; }
unsigned RequestReader::errorStatus() const { return parser_->errorStatus; }

}  // namespace http
