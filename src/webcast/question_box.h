#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "webcast/ask_limits.h"
#include "webcast/event.h"
#include "webcast/question.h"

namespace estrad::webcast {

/// What a viewer sends in, with what the server knows about the sender.
struct Asking {
  std::string text;
  std::string name = {};
  /// Opaque hashes of who asks: of the viewer's token or browser, and of its address.
  std::string viewer = {};
  std::string address = {};
  std::optional<std::int64_t> media_ms = {};
};

/// A question that was taken, and the secret that its asker shows to see or withdraw it.
struct Asked {
  Question question;
  std::string secret;
};

struct QuestionBoxLimits {
  AskAllowances allowances = {};
  std::size_t most_pending = 5'000;
  std::size_t most_questions = 50'000;
};

/// All questions of one event. Lives on the live loop. It decides and remembers; the caller stores
/// each question that comes back, and writes the public log (public_log.h) where `is_public`
/// changed or its public face did.
class QuestionBox {
 public:
  explicit QuestionBox(const QuestionBoxLimits& limits = {});

  /// Puts back what the store has; before anything else.
  void restore(std::vector<Question> questions);

  /// How long the sender has to wait before `ask` would take its question; zero for not at all.
  /// HTTP 429 and Retry-After come from here.
  [[nodiscard]] milliseconds wait(const Event& event, const Asking& asking, SteadyTime now) const;

  /// Takes a question: approved where the box is open, else pending. Errors: Conflict when the
  /// event takes none now; InvalidInput (field `text`, `name`); Unavailable when the sender has to
  /// wait or the box is full.
  [[nodiscard]] Result<Asked> ask(const Event& event, const Asking& asking, const Clock& clock);

  /// Staff's change; NotFound for an unknown id, else as `changed` in question.h.
  [[nodiscard]] Result<Question> change(std::string_view id, const QuestionChange& change,
                                        WallTime now);

  /// The asker's own question; NotFound for an unknown id and a wrong secret alike.
  [[nodiscard]] Result<Question> find_own(std::string_view id, std::string_view secret) const;
  /// The asker takes the question back, whatever became of it: removed, with its texts erased.
  [[nodiscard]] Result<Question> withdraw(std::string_view id, std::string_view secret,
                                          WallTime now);

  /// Undoes `ask` or a change that could not be stored: puts `before` back, or drops the question.
  void roll_back(std::string_view id, std::optional<Question> before);

  [[nodiscard]] std::optional<Question> find(std::string_view id) const;
  /// In the order of asking.
  [[nodiscard]] std::vector<Question> list(std::optional<QuestionState> state = {}) const;
  /// Those that viewers see, in the order of asking.
  [[nodiscard]] std::vector<Question> list_public() const;
  [[nodiscard]] std::size_t count(QuestionState state) const;

 private:
  /// The order of lists: time of asking, then id.
  using Key = std::pair<WallTime, std::string>;

  void put(Question question);
  void erase(const Key& key);

  QuestionBoxLimits limits_;
  AskLimits ask_limits_;
  std::map<Key, Question> questions_;
  std::unordered_map<std::string, WallTime> asked_at_;
  std::map<QuestionState, std::size_t> counts_;
};

}  // namespace estrad::webcast
