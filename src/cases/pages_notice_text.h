#pragma once
#include "cases/cases.h"
#include "document/document.h"

namespace yimen::cases {

// What the law wants each notice to say, from what was kept when it was made and the item's version, neither of which
// changes: whoever asks again reads the same. Without code and small print, which say how it is proved.
document::Notice notice_text(const Notice&, const Case&, const catalogue::ItemVersion&, Language);
// "申请受理通知书"; in the page's language.
std::string notice_title(const Notice&, Language);

}  // namespace yimen::cases
