#!/bin/sh
# Makes the files in dokumente/ from quellen/; with names (carport-bescheid ...) only those.
#   NAME.html      -> PDF      NAME.scan.html -> PDF that holds only a picture, like a scan
#   NAME.docx.txt  -> DOCX     NAME.odt.txt   -> ODT      NAME.eml -> EML with its attachments
# Office sources: "# " title, "## " heading, "- " bullet, "| a | b |" table row, else one paragraph a line.
set -eu
cd "$(dirname "$0")"
export LC_ALL=C.UTF-8 TZ=UTC
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

chromium_print() { # URL or file, further options
  chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$tmp/profile" "$@" \
    >"$tmp/chromium.log" 2>&1 || { cat "$tmp/chromium.log" >&2; exit 1; }
}

make_pdf() { # source, target
  chromium_print --no-pdf-header-footer --print-to-pdf="$tmp/out.pdf" "file://$PWD/$1"
  # The same length keeps the byte offsets of the cross-reference table right.
  LC_ALL=C sed -E 's/\(D:[0-9]{14}/(D:20261101080000/' "$tmp/out.pdf" >"$2"
}

make_scan() { # source, target
  chromium_print --window-size=620,877 --screenshot="$tmp/scan.png" "file://$PWD/$1"
  echo '<title>Scan</title><style>@page{size:A4;margin:0}body{margin:0}img{display:block;height:296.9mm}</style><img src="scan.png" alt="">' >"$tmp/scan.html"
  chromium_print --no-pdf-header-footer --print-to-pdf="$tmp/out.pdf" "file://$tmp/scan.html"
  LC_ALL=C sed -E 's/\(D:[0-9]{14}/(D:20261101080000/' "$tmp/out.pdf" >"$2"
}

# Turns an office source into the body XML of either format.
office_body() { # docx|odt, source
  sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' "$2" | awk -v odt="$([ "$1" = odt ] && echo 1 || echo 0)" '
    function par(style, text) {
      if (odt) return "<text:p text:style-name=\"" style "\">" text "</text:p>"
      return "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r></w:p>"
    }
    function row(line,   n, i, cells, out) {
      n = split(substr(line, 3, length(line) - 4), cells, / \| /)
      for (i = 1; i <= n; i++)
        out = out (odt ? "<table:table-cell table:style-name=\"Zelle\" office:value-type=\"string\">" par("Zeile", cells[i]) "</table:table-cell>" \
                       : "<w:tc><w:tcPr><w:tcW w:w=\"" int(9000 / n) "\" w:type=\"dxa\"/></w:tcPr>" par("Zeile", cells[i]) "</w:tc>")
      if (!table) print odt ? "<table:table><table:table-column table:number-columns-repeated=\"" n "\"/>" \
                            : "<w:tbl><w:tblPr><w:tblStyle w:val=\"Tabelle\"/><w:tblW w:w=\"9000\" w:type=\"dxa\"/></w:tblPr>" grid(n)
      table = 1
      print odt ? "<table:table-row>" out "</table:table-row>" : "<w:tr>" out "</w:tr>"
    }
    function grid(n,   i, out) {
      for (i = 0; i < n; i++) out = out "<w:gridCol w:w=\"" int(9000 / n) "\"/>"
      return "<w:tblGrid>" out "</w:tblGrid>"
    }
    function end_table() { if (table) print odt ? "</table:table>" : "</w:tbl>" par("Zeile", ""); table = 0 }
    /^\| / { row($0); next }
    { end_table() }
    /^# /  { print par("Titel", substr($0, 3)); next }
    /^## / { print par("Abschnitt", substr($0, 4)); next }
    /^- /  { print par("Punkt", "• " substr($0, 3)); next }
    NF     { print par("Absatz", $0) }
    END    { end_table() }'
}

make_office() { # docx|odt, source, target
  rm -rf "$tmp/o" && mkdir "$tmp/o" && cp -R "quellen/$1/." "$tmp/o"
  if [ "$1" = odt ]; then main=content.xml first=mimetype; else main=word/document.xml first='[Content_Types].xml'; fi
  office_body "$1" "$2" >"$tmp/body"
  sed -i -e "/^@inhalt@\$/{r $tmp/body" -e 'd}' "$tmp/o/$main"
  title=$(sed -n 's/^# //p;/^# /q' "$2" | sed 's/[&/\]/\\&/g')
  sed -i "s/@titel@/$title/" "$tmp/o/meta.xml" "$tmp/o/docProps/core.xml" 2>"$tmp/null" || :
  find "$tmp/o" -exec touch -d 2026-11-01T08:00:00 {} +
  (cd "$tmp/o" && rm -f "$tmp/out.zip" && zip -q -X -0 "$tmp/out.zip" "$first" &&
    find . -type f ! -path "./$first" | sort | zip -q -X -9 -D "$tmp/out.zip" -@)
  cp "$tmp/out.zip" "$3"
}

make_letter() { # target: the letter of DIN 5008 from quellen/brief
  rm -rf "$tmp/b" && cp -R quellen/brief "$tmp/b"
  find "$tmp/b" -exec touch -d 2026-11-01T08:00:00 {} +
  (cd "$tmp/b" && rm -f "$tmp/out.zip" && zip -q -X -0 "$tmp/out.zip" mimetype &&
    find . -type f ! -path ./mimetype | sort | zip -q -X -9 -D "$tmp/out.zip" -@)
  cp "$tmp/out.zip" "$1"
  echo "$1" >&2
}

make_eml() { # source, target; a line "@anlage FILE@" becomes that file of the same town in base64
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      @anlage\ *@) file=${line#@anlage }; base64 -w 76 "$(dirname "$2")/${file%@}" ;;
      *) printf '%s\n' "$line" ;;
    esac
  done <"$1" | sed 's/$/\r/' >"$2"
}

make_one() { # source
  out=dokumente/${1#quellen/}
  case $1 in
    *.scan.html) make_scan "$1" "${out%.scan.html}.pdf" ;;
    *.html) make_pdf "$1" "${out%.html}.pdf" ;;
    *.docx.txt | *.odt.txt) out=${out%.txt}; make_office "${out##*.}" "$1" "$out" ;;
    *.eml) make_eml "$1" "$out" ;;
  esac
  echo "$out" >&2
}

# Templates of letters.
if [ $# -eq 0 ] || [ "$1" = vorlagen ]; then
  make_letter vorlagen/brief.odt
  make_office docx quellen/vermerk.docx.txt vorlagen/vermerk.docx
fi

# Mail comes last: it carries files made before.
for source in quellen/*/*.html quellen/*/*.txt quellen/*/*.eml; do
  name=$(basename "$source"); name=${name%%.*}
  if [ $# -eq 0 ]; then make_one "$source"; else
    for wanted in "$@"; do [ "$wanted" != "$name" ] || make_one "$source"; done
  fi
done
