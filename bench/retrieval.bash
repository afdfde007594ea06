# What bench/run measures of finding what was meant. Sourced by it.

measure_quality() {
  local dictionary=$work/ngerman.txt
  xz -dc "$testdata/text/dict/ngerman.txt.xz" >"$dictionary"
  {
    echo "200 questions built from these $documents documents: the words of a heading that only one of them has, which is the"
    echo "one to find; and the two nouns of a compound that stands in one to five of them, which are the ones to find"
    echo "(nouns of Debian's wngerman, not the list that the program has). The yardstick is FTS5's unicode61 without accents"
    echo "over the same Betreff and text, by its own rank."
    "$bin/aktenlotse-bench" quality "$data/aktenlotse.db" "$dictionary"
  } >"$work/results/quality"
}

measure_misread() {
  local scans=$work/scans place=$work/data-scans distractors=${DISTRACTORS:-10000}
  if [ ! -e "$scans/done" ]; then
    say "printing, blurring, tilting and reading 150 paragraphs"
    rm -rf "$scans" "$work/others"
    cp -r "$files" "$work/others"
    "$bin/aktenlotse-bench" scans "$work/others" "$scans" 150
    chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$scans/print.pdf" \
      "$scans/print.html" >"$work/chromium.out" 2>&1
    pdftoppm -r 150 -gray -png "$scans/print.pdf" "$scans/page"
    mkdir -p "$scans/read"
    local page number language
    for page in "$scans"/page-*.png; do
      number=${page##*-}
      number=${number%.png}
      # Every other one with the English model, as scanners in the field do: it knows no umlauts.
      language=deu
      [ $((10#$number % 2)) = 1 ] || language=eng
      "$bin/aktenlotse-bench" rescan "$page" "$work/scan.png"
      OMP_THREAD_LIMIT=1 tesseract "$work/scan.png" "$scans/read/scan-$number" -l "$language" >/dev/null 2>&1
    done
    touch "$scans/done"
  fi
  rm -rf "$place" "$work/some"
  mkdir "$work/some"
  find "$work/others" -type f | sort | head -n "$distractors" | while read -r file; do
    ln "$file" "$work/some/$(echo "${file#"$work/others/"}" | tr / _)"
  done
  data=$place start
  stop
  for folder in "$work/some" "$scans/read"; do
    "$bin/aktenlotse" import --data "$place" --mandant "$mandant" --akte "$akte" "$folder" >"$work/import.out"
  done
  {
    echo "150 paragraphs of federal law printed, blurred, tilted by up to 0.9°, with noise at 150 dots an inch, read by tesseract"
    echo "(every other one with the English model, which knows no umlauts) and imported beside $distractors others. Asked for"
    echo "are words as they stand in the law; the scan is to be among the first ten."
    "$bin/aktenlotse-bench" misread "$place/aktenlotse.db" "$scans/questions.tsv"
  } >"$work/results/misread"
}
