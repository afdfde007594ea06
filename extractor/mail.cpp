#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "charset.h"
#include "read.h"

namespace extractor {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

struct Free {
  void operator()(char* text) const { g_free(text); }
};
using OwnedText = std::unique_ptr<char, Free>;

std::string text(const char* maybe) { return maybe == nullptr ? std::string() : maybe; }

std::string addresses(InternetAddressList* list) {
  if (list == nullptr) return {};
  return text(OwnedText(internet_address_list_to_string(list, nullptr, FALSE)).get());
}

/// The decoded bytes of a part.
std::string content(GMimePart* part) {
  GMimeDataWrapper* wrapper = g_mime_part_get_content(part);
  if (wrapper == nullptr) return {};
  const Owned<GMimeStream> memory(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(wrapper, memory.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string mimeOf(GMimeObject* object) {
  GMimeContentType* type = g_mime_object_get_content_type(object);
  return type == nullptr ? "text/plain" : text(OwnedText(g_mime_content_type_get_mime_type(type)).get());
}

bool is(GMimeObject* object, const char* type, const char* subtype) {
  GMimeContentType* content = g_mime_object_get_content_type(object);
  return content != nullptr && g_mime_content_type_is_type(content, type, subtype);
}

std::string joined(const Result& result) {
  std::string all;
  for (const auto& seite : result.seiten) all += seite.ends_with('\n') ? seite : seite + '\n';
  return all;
}

std::string written(GMimeObject* object) {
  const Owned<GMimeStream> memory(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(object, nullptr, memory.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

class Mail {
 public:
  Mail(Budget& budget, Result& result) : budget_(budget), result_(result), body_(budget) {}

  void read(GMimeMessage* message) {
    headers(message);
    if (GMimeObject* root = g_mime_message_get_mime_part(message)) walk(root, budget_.depth * 4);
    result_.seiten.push_back(body_.take());
    result_.seitenzahl = 1;
    if (encrypted_) throw Unreadable{"gesperrt", "verschluesselt"};
  }

 private:
  void headers(GMimeMessage* message) {
    auto& meta = result_.metadaten;
    meta.absender = addresses(g_mime_message_get_from(message));
    meta.betreff = text(g_mime_message_get_subject(message));
    meta.nachrichtId = text(g_mime_message_get_message_id(message));
    meta.bezug = bezug(GMIME_OBJECT(message));
    if (GDateTime* date = g_mime_message_get_date(message)) {
      GDateTime* utc = g_date_time_to_utc(date);
      if (utc != nullptr) {
        meta.datum = text(OwnedText(g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ")).get());
        g_date_time_unref(utc);
      }
    }
    result_.titel = meta.betreff;
    line("Von: ", meta.absender);
    line("An: ", addresses(g_mime_message_get_to(message)));
    line("Kopie: ", addresses(g_mime_message_get_cc(message)));
    line("Betreff: ", meta.betreff);
    body_.add("\n");
  }

  /// What it answers directly, then what that answered, as far as a line holds.
  static std::string bezug(GMimeObject* message) {
    constexpr std::size_t longest = 900;
    std::vector<std::string> ids;
    for (const char* header : {"In-Reply-To", "References"}) {
      const char* value = g_mime_object_get_header(message, header);
      if (value == nullptr) continue;
      const std::unique_ptr<GMimeReferences, decltype(&g_mime_references_free)> all(
          g_mime_references_parse(nullptr, value), &g_mime_references_free);
      std::vector<std::string> found;
      for (int i = 0; all && i < g_mime_references_length(all.get()); ++i)
        found.push_back(text(g_mime_references_get_message_id(all.get(), i)));
      ids.insert(ids.end(), found.rbegin(), found.rend());
    }
    std::string out;
    for (const auto& id : ids) {
      if (id.empty() || id.find(' ') != std::string::npos || out.size() + id.size() >= longest) continue;
      (out += out.empty() ? "" : " ") += id;
    }
    return out;
  }

  void line(std::string_view label, const std::string& value) {
    if (value.empty()) return;
    body_.add(label);
    body_.add(value);
    body_.add("\n");
  }

  void walk(GMimeObject* object, int depth) {
    if (depth <= 0 || budget_.spent()) {
      budget_.exhausted = true;
      return;
    }
    if (GMIME_IS_MULTIPART_ENCRYPTED(object))
      encrypted_ = true;
    else if (GMIME_IS_MULTIPART(object) && g_mime_multipart_get_count(GMIME_MULTIPART(object)) == 0)
      unparted(object);
    else if (is(object, "multipart", "alternative"))
      alternative(GMIME_MULTIPART(object), depth);
    else if (GMIME_IS_MULTIPART(object))
      each(GMIME_MULTIPART(object), depth, is(object, "multipart", "related"));
    else if (GMIME_IS_MESSAGE_PART(object))
      nested(GMIME_MESSAGE_PART(object));
    else if (GMIME_IS_PART(object))
      part(GMIME_PART(object));
  }

  /// A multipart that has no parts is something else (a signed file, say) under a wrong name; it is kept as it is.
  void unparted(GMimeObject* object) {
    const std::string bytes = written(object);
    const char* name = g_mime_object_get_content_type_parameter(object, "name");
    if (name != nullptr || clean(bytes.substr(std::min(bytes.size(), bytes.find("\n\n")))).size() > 2)
      attach({name == nullptr ? "Anlage " + std::to_string(result_.teile.size() + 1) : name, mimeOf(object)}, bytes);
  }

  void each(GMimeMultipart* multipart, int depth, bool related) {
    const bool outer = std::exchange(related_, related);
    for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
      walk(g_mime_multipart_get_part(multipart, i), depth - 1);
    related_ = outer;
  }

  /// Plain text if the sender gave any, else the last, that is the richest, form. The other forms are searched for
  /// attachments: some programs put them beside the HTML.
  void alternative(GMimeMultipart* multipart, int depth) {
    const int count = g_mime_multipart_get_count(multipart);
    int chosen = count - 1;
    for (int i = count - 1; i >= 0; --i) {
      GMimeObject* one = g_mime_multipart_get_part(multipart, i);
      if (is(one, "text", "plain") && GMIME_IS_PART(one) && !clean(bodyText(GMIME_PART(one))).empty()) chosen = i;
    }
    for (int i = 0; i < count; ++i) {
      const bool outer = std::exchange(attachmentsOnly_, attachmentsOnly_ || i != chosen);
      walk(g_mime_multipart_get_part(multipart, i), depth - 1);
      attachmentsOnly_ = outer;
    }
  }

  void part(GMimePart* part) {
    auto* object = GMIME_OBJECT(part);
    const bool named = g_mime_part_get_filename(part) != nullptr || g_mime_part_is_attachment(part);
    if (!named && (is(object, "text", "plain") || is(object, "text", "html"))) {
      if (!attachmentsOnly_) addBody(bodyText(part));
      return;
    }
    const char* smime = g_mime_object_get_content_type_parameter(object, "smime-type");
    if (smime != nullptr && std::string_view(smime) == "enveloped-data") encrypted_ = true;
    std::string name = text(g_mime_part_get_filename(part));
    if (name.empty()) name = "Anlage " + std::to_string(result_.teile.size() + 1);
    // Logos and the like, which the HTML shows in its text, are listed; their bytes stay in the original.
    if (related_ && is(object, "image", "*") && g_mime_object_get_content_id(object) != nullptr &&
        !g_mime_part_is_attachment(part)) {
      if (roomForTeil(result_, budget_)) result_.teile.push_back({name, mimeOf(object), name});
      return;
    }
    attach({name, mimeOf(object)}, content(part));
  }

  std::string bodyText(GMimePart* part) {
    const std::string bytes = content(part);
    const std::string charset = text(g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset"));
    if (!is(GMIME_OBJECT(part), "text", "html")) return decodeText(bytes, charset).value_or("");
    try {
      Result html;
      readHtml(bytes, charset, budget_, html);
      return joined(html);
    } catch (const Unreadable&) {
      result_.grund = "teilweise";
      return {};
    }
  }

  void addBody(std::string_view body) {
    body_.newline();
    body_.add(body);
  }

  void nested(GMimeMessagePart* part) {
    GMimeMessage* message = g_mime_message_part_get_message(part);
    if (message == nullptr) return;
    const std::string subject = text(g_mime_message_get_subject(message));
    attach({(subject.empty() ? "Nachricht" : subject) + ".eml", "message/rfc822"}, written(GMIME_OBJECT(message)));
  }

  void attach(Teil teil, const std::string& bytes) {
    // A subject may hold what would be taken for a folder.
    std::replace(teil.dateiname.begin(), teil.dateiname.end(), '/', '_');
    addTeil(result_, budget_, std::move(teil), bytes);
  }

  Budget& budget_;
  Result& result_;
  TextSink body_;
  bool encrypted_ = false, attachmentsOnly_ = false, related_ = false;
};

/// Each message of a mailbox becomes a part, byte for byte; the text is the list of them.
void readMailbox(Bytes bytes, GMimeParser* parser, Owned<GMimeMessage> message, Budget& budget, Result& result) {
  TextSink sink(budget);
  for (; message && !budget.spent(); message.reset(g_mime_parser_construct_message(parser, nullptr))) {
    const auto begin = static_cast<std::size_t>(std::max<gint64>(0, g_mime_parser_get_headers_begin(parser)));
    const auto end = static_cast<std::size_t>(std::max<gint64>(0, g_mime_parser_tell(parser)));
    if (begin >= end || end > bytes.size()) break;
    const std::string subject = text(g_mime_message_get_subject(message.get()));
    sink.add(addresses(g_mime_message_get_from(message.get())) + ": " + subject + "\n");
    std::string name = (subject.empty() ? "Nachricht" : subject) + ".eml";
    std::replace(name.begin(), name.end(), '/', '_');
    if (!addTeil(result, budget, {name, "message/rfc822"}, bytes.subspan(begin, end - begin))) break;
    if (g_mime_parser_eos(parser)) break;
  }
  result.seiten.push_back(sink.take());
}

}  // namespace

void readMail(Bytes bytes, Budget& budget, Result& result) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const bool mbox = result.format == "mbox";
  if (mbox) g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MBOX);
  Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) throw Unreadable{"fehler", "beschaedigt"};
  if (mbox && !g_mime_parser_eos(parser.get()))
    return readMailbox(bytes, parser.get(), std::move(message), budget, result);
  result.format = "eml";
  result.mime = "message/rfc822";
  Mail(budget, result).read(message.get());
}

}  // namespace extractor
