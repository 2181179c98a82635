#include <shared_mutex>
#include <stdexcept>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/text.h"

namespace yimen {
namespace {

void must(UErrorCode code, const char* what) {
    if (U_FAILURE(code)) throw std::runtime_error(fmt::format("ICU cannot {}: {}", what, u_errorName(code)));
}

// "lǜ" → "lv": without tones, and ü as it is typed.
std::string plain_syllable(const icu::UnicodeString& with_tone) {
    UErrorCode code = U_ZERO_ERROR;
    const auto* nfd = icu::Normalizer2::getNFDInstance(code);
    must(code, "decompose");
    const icu::UnicodeString parts = nfd->normalize(with_tone, code);
    std::string plain;
    for (int32_t i = 0; i < parts.length(); ++i) {
        const char16_t c = parts[i];
        if (c >= 'a' && c <= 'z') plain += static_cast<char>(c);
        if (c == 0x0308 && plain.ends_with('u')) plain.back() = 'v';
    }
    return plain;
}

// The reading of each Han character, asked of ICU once. Readings are few, so they are kept for good.
class Readings {
  public:
    Readings() {
        UErrorCode code = U_ZERO_ERROR;
        han_latin_.reset(icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, code));
        must(code, "read Han characters");
    }

    // Empty where there is no reading.
    const std::string& of(UChar32 c) {
        {
            std::shared_lock lock(mutex_);
            if (auto known = readings_.find(c); known != readings_.end()) return known->second;
        }
        std::unique_lock lock(mutex_);
        icu::UnicodeString text(c);
        han_latin_->transliterate(text);
        return readings_.emplace(c, plain_syllable(text)).first->second;
    }

  private:
    std::unique_ptr<icu::Transliterator> han_latin_;
    std::shared_mutex mutex_;
    std::unordered_map<UChar32, std::string> readings_;
};

const std::string& reading(UChar32 c) {
    static Readings readings;
    return readings.of(c);
}

}  // namespace

std::string fold(std::string_view text) {
    UErrorCode code = U_ZERO_ERROR;
    const auto* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(code);
    must(code, "fold");
    std::string folded;
    icu::StringByteSink<std::string> sink(&folded);
    nfkc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, code);
    must(code, "fold");
    return folded;
}

std::vector<std::string> pinyin(std::string_view text) {
    std::vector<std::string> syllables;
    const auto length = static_cast<int64_t>(text.size());
    for (int64_t i = 0; i < length;) {
        const int64_t begin = i;
        UChar32 c;
        U8_NEXT(text.data(), i, length, c);
        std::string syllable;
        if (c > 0 && u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) syllable = reading(c);
        if (syllable.empty()) syllable = text.substr(static_cast<size_t>(begin), static_cast<size_t>(i - begin));
        syllables.push_back(std::move(syllable));
    }
    return syllables;
}

std::string pinyin_initials(std::string_view text) {
    std::string initials;
    for (const std::string& syllable : pinyin(fold(text))) {
        int32_t i = 0;
        UChar32 c;
        U8_NEXT(syllable.data(), i, static_cast<int32_t>(syllable.size()), c);
        if (c > 0 && u_isalnum(c)) initials += syllable.substr(0, static_cast<size_t>(i));
    }
    return initials;
}

}  // namespace yimen
