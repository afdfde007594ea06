#pragma once

namespace extractor {

/// Maps the tables that poppler looks up while it reads text in East Asian fonts (CMaps and the like), so that they are
/// there when files can no longer be opened: fopen() of one of them gives a stream over the memory. Called once, before
/// the sandbox closes.
void keepSchriften();

}  // namespace extractor
