#include <gmime/gmime.h>

#include <algorithm>
#include <cctype>
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

std::string extensionOf(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return {};
  std::string out(name.substr(dot + 1));
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

std::string joined(const Result& result) {
  std::string all;
  for (const auto& seite : result.seiten) all += seite.ends_with('\n') ? seite : seite + '\n';
  for (const auto& anlage : result.anlagen) all += anlage.text;
  return all;
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
    else if (is(object, "multipart", "alternative"))
      alternative(GMIME_MULTIPART(object), depth);
    else if (GMIME_IS_MULTIPART(object))
      each(GMIME_MULTIPART(object), depth);
    else if (GMIME_IS_MESSAGE_PART(object))
      nested(GMIME_MESSAGE_PART(object));
    else if (GMIME_IS_PART(object))
      part(GMIME_PART(object));
  }

  void each(GMimeMultipart* multipart, int depth) {
    for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
      walk(g_mime_multipart_get_part(multipart, i), depth - 1);
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
    const std::string bytes = content(part);
    const std::string name = text(g_mime_part_get_filename(part));
    attach({name.empty() ? "Anlage " + std::to_string(result_.anlagen.size() + 1) : name, mimeOf(object), bytes.size()},
           [&] { return extractor::read(bytes, extensionOf(name), budget_); });
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
    attach({(subject.empty() ? "Nachricht" : subject) + ".eml", "message/rfc822", 0}, [&] {
      Result inner;
      Mail(budget_, inner).read(message);
      return inner;
    });
  }

  template <typename Read>
  void attach(Anlage anlage, Read read) {
    if (result_.anlagen.size() >= budget_.anlagen || budget_.depth <= 0) {
      budget_.exhausted = true;
      return;
    }
    --budget_.depth;
    try {
      anlage.text = joined(read());
    } catch (const Unreadable&) {
      // One unreadable attachment does not spoil the mail; it is listed without text.
    }
    ++budget_.depth;
    result_.anlagen.push_back(std::move(anlage));
  }

  Budget& budget_;
  Result& result_;
  TextSink body_;
  bool encrypted_ = false, attachmentsOnly_ = false;
};

}  // namespace

void readMail(Bytes bytes, Budget& budget, Result& result) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  if (result.format == "mbox") g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MBOX);
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) throw Unreadable{"fehler", "beschaedigt"};
  Mail(budget, result).read(message.get());
  if (result.format == "mbox" && !g_mime_parser_eos(parser.get())) {
    result.grund = "postfach";
  } else {
    result.format = "eml";
    result.mime = "message/rfc822";
  }
}

}  // namespace extractor
