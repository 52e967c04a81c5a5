#include "store/search_text.h"

#include "base/text.h"

namespace estrad::store {
namespace {

constexpr std::size_t kMostWords = 8;

}  // namespace

std::string fold_case(std::string_view text) {
  std::string folded = to_lower_ascii(text);
  for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
    const auto second = static_cast<unsigned char>(folded[i + 1]);
    // U+00C0 to U+00DE in UTF-8, but the multiplication sign; their small letters are 32 further.
    if (folded[i] == '\xC3' && second >= 0x80 && second <= 0x9E && second != 0x97) {
      folded[i + 1] = static_cast<char>(second + 0x20);
    }
  }
  return folded;
}

std::string search_text(const webcast::EventPlan& plan) {
  return fold_case(join(
      {plan.title, plan.slug, plan.description, join(plan.speakers, "\n"), join(plan.topics, "\n")},
      "\n"));
}

std::vector<std::string> search_patterns(std::string_view query) {
  std::vector<std::string> patterns;
  const std::string folded = fold_case(query);
  for (const auto word : split(folded, ' ')) {
    if (word.empty() || patterns.size() == kMostWords) {
      continue;
    }
    std::string pattern = "%";
    for (const char c : word) {
      if (c == '%' || c == '_' || c == '!') {
        pattern.push_back('!');
      }
      pattern.push_back(c);
    }
    patterns.push_back(pattern + '%');
  }
  return patterns;
}

}  // namespace estrad::store
