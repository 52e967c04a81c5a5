#include "web/rates.h"

namespace estrad::web {
namespace {

milliseconds take_from(webcast::Buckets& buckets, const std::string& address, SteadyTime now) {
  const milliseconds wait = buckets.wait(address, now);
  if (wait.count() == 0) {
    buckets.take(address, now);
  }
  return wait;
}

}  // namespace

milliseconds Rates::take(Rate rate, const std::string& address, SteadyTime now) {
  switch (rate) {
    case Rate::kMedia:
      return milliseconds(0);
    case Rate::kRead:
      return take_from(read_, address, now);
    case Rate::kWrite:
      return take_from(write_, address, now);
    case Rate::kSignIn:
      return take_from(sign_in_, address, now);
  }
  return milliseconds(0);
}

}  // namespace estrad::web
