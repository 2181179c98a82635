#pragma once
#include "cases/notice_proof.h"
#include "cases/pages_notice_text.h"
#include "identity/context.h"

// Only for pages_notices.cc: the notice as a PDF that proves itself, and the public page behind its code.
namespace yimen::cases {

struct FoundNotice {
    Case file;
    Notice notice;
};
std::optional<FoundNotice> find_notice_and_case(const identity::Context&, NoticeId);

// Proved, with code, small print and the whole proof attached, and signed.
std::string notice_file(const identity::Context&, const FoundNotice&, const catalogue::ItemVersion&);

void add_verify_pages(identity::Routes&, const catalogue::Catalogue&);

}  // namespace yimen::cases
