#include "demo/presenter.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>
#include <utility>
#include <vector>

#include <glib-unix.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "demo/beat.h"
#include "demo/picture.h"
#include "demo/sender.h"
#include "glib/handle.h"

namespace estrad::demo {
namespace {

using glib::Ref;

constexpr auto kRetryAfter = std::chrono::seconds(1);
/// A connection that held this long was a good one: its end is news.
constexpr auto kGoodAfter = std::chrono::seconds(5);

/// The presenter's life on its own main context: one tick for each frame while there is a sender,
/// else one that makes the next sender.
class Presenter {
 public:
  Presenter(const PresenterOptions& options, Picture picture)
      : options_(options),
        picture_(std::move(picture)),
        frame_(picture_.frame_bytes()),
        context_(Ref<GMainContext>::adopt(g_main_context_new())),
        loop_(Ref<GMainLoop>::adopt(g_main_loop_new(context_.get(), FALSE))),
        beat_(options.frame_rate) {}
  ~Presenter() {
    for (const auto& source : sources_) {
      g_source_destroy(source.get());
    }
    drop_sender();
  }
  Presenter(const Presenter&) = delete;
  Presenter& operator=(const Presenter&) = delete;

  /// Until it is told to stop; fails when this machine cannot send at all.
  Status run() {
    if (auto status = connect(); !status) {
      return status;
    }
    start_ticking();
    watch(g_unix_signal_source_new(SIGTERM), on_signal);
    watch(g_unix_signal_source_new(SIGINT), on_signal);
    if (options_.lifeline_fd >= 0) {
      constexpr auto kEvents = static_cast<GIOCondition>(G_IO_IN | G_IO_HUP | G_IO_ERR);
      watch(g_unix_fd_source_new(options_.lifeline_fd, kEvents), G_SOURCE_FUNC(on_lifeline));
    }
    g_main_loop_run(loop_.get());
    if (sender_) {
      sender_->finish();
    }
    return {};
  }

 private:
  struct Tick {
    GSource source;
    Presenter* presenter;
  };

  static gboolean on_tick(GSource* source, GSourceFunc /*callback*/, gpointer /*data*/) noexcept {
    reinterpret_cast<Tick*>(source)->presenter->tick();
    return G_SOURCE_CONTINUE;
  }
  static gboolean on_message(GstBus* /*bus*/, GstMessage* message, gpointer data) noexcept {
    return static_cast<Presenter*>(data)->is_fatal(message) ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
  }
  static gboolean on_signal(gpointer data) noexcept {
    g_main_loop_quit(static_cast<Presenter*>(data)->loop_.get());
    return G_SOURCE_CONTINUE;
  }
  static gboolean on_lifeline(gint fd, GIOCondition /*condition*/, gpointer data) noexcept {
    std::array<char, 256> ignored{};
    if (::read(fd, ignored.data(), ignored.size()) > 0) {
      return G_SOURCE_CONTINUE;
    }
    g_main_loop_quit(static_cast<Presenter*>(data)->loop_.get());
    return G_SOURCE_REMOVE;
  }

  void watch(GSource* floating, GSourceFunc callback) {
    auto source = Ref<GSource>::adopt(floating);
    g_source_set_callback(source.get(), callback, this, nullptr);
    g_source_attach(source.get(), context_.get());
    sources_.push_back(std::move(source));
  }

  void start_ticking() {
    static GSourceFuncs functions{nullptr, nullptr, on_tick, nullptr, nullptr, nullptr};
    auto source = Ref<GSource>::adopt(g_source_new(&functions, sizeof(Tick)));
    reinterpret_cast<Tick*>(source.get())->presenter = this;
    g_source_set_priority(source.get(), G_PRIORITY_HIGH);
    g_source_attach(source.get(), context_.get());
    tick_ = source;
    sources_.push_back(std::move(source));
    tick_in(std::chrono::microseconds(0));
  }

  void tick_in(std::chrono::microseconds time) {
    g_source_set_ready_time(tick_.get(), g_get_monotonic_time() + time.count());
  }

  void tick() {
    if (!sender_) {
      if (auto status = connect(); !status) {
        log::write(status.error());
      }
    }
    if (!sender_) {
      tick_in(kRetryAfter);
      return;
    }
    using std::chrono::microseconds;
    const auto rate = static_cast<std::uint64_t>(options_.frame_rate);
    const auto elapsed = std::chrono::duration_cast<microseconds>(clock_.steady() - started_);
    const auto due = static_cast<std::uint64_t>(elapsed.count()) * rate / 1'000'000;
    send_frame(std::max(next_frame_, due));  // Frames that are late are left out.
    const auto next = microseconds((next_frame_ * 1'000'000 + rate - 1) / rate);
    tick_in(std::max(microseconds(0), next - elapsed));
  }

  void send_frame(std::uint64_t index) {
    const auto wall = clock_.wall();
    const Moment moment{wall, beat_.next(wall)};
    picture_.draw(frame_.data(), moment);
    sender_->push_video(frame_.data(), index);

    // Sound has no gaps: it also covers the frames that were left out.
    const auto rate = static_cast<std::uint64_t>(options_.frame_rate);
    const auto until = (index + 1) * Tone::kSampleRate / rate;
    sound_.resize(static_cast<std::size_t>(until - next_sample_));
    tone_.fill(sound_, moment.is_beat);
    sender_->push_audio(sound_, next_sample_);
    next_sample_ = until;
    next_frame_ = index + 1;
  }

  Status connect() {
    auto sender = Sender::create(options_);
    if (!sender) {
      return fail(std::move(sender).error().in("demo presenter"));
    }
    sender_ = std::move(*sender);
    bus_watch_ = Ref<GSource>::adopt(gst_bus_create_watch(sender_->bus().get()));
    g_source_set_callback(bus_watch_.get(), G_SOURCE_FUNC(on_message), this, nullptr);
    g_source_attach(bus_watch_.get(), context_.get());
    next_frame_ = 0;
    next_sample_ = 0;
    started_ = clock_.steady();
    return {};
  }

  bool is_fatal(GstMessage* message) {
    const auto type = GST_MESSAGE_TYPE(message);
    if (type != GST_MESSAGE_ERROR && type != GST_MESSAGE_EOS) {
      return false;
    }
    std::string reason = "the connection ended";
    if (type == GST_MESSAGE_ERROR) {
      GError* error = nullptr;
      gst_message_parse_error(message, &error, nullptr);
      reason = glib::take_message(error);
    }
    // One line for each outage, not for each attempt.
    if (!is_out_ || clock_.steady() - started_ > kGoodAfter) {
      log::warning("demo presenter: {}; trying again every second", reason);
    }
    is_out_ = true;
    drop_sender();
    tick_in(kRetryAfter);
    return true;
  }

  void drop_sender() {
    if (bus_watch_) {
      g_source_destroy(bus_watch_.get());
      bus_watch_.reset();
    }
    sender_.reset();
  }

  // set once
  PresenterOptions options_;
  Picture picture_;
  std::vector<std::uint8_t> frame_;  ///< where the picture is drawn
  SystemClock clock_;
  Ref<GMainContext> context_;
  Ref<GMainLoop> loop_;
  std::vector<Ref<GSource>> sources_;
  Ref<GSource> tick_;

  // of the whole run
  Beat beat_;
  Tone tone_;
  std::vector<float> sound_;  ///< the samples of one frame
  bool is_out_ = false;

  // of one connection
  std::unique_ptr<Sender> sender_;
  Ref<GSource> bus_watch_;
  SteadyTime started_;
  std::uint64_t next_frame_ = 0;
  std::uint64_t next_sample_ = 0;
};

}  // namespace

int run_presenter(const PresenterOptions& options) {
  gst_init(nullptr, nullptr);
  auto picture = Picture::create(options.width, options.height);
  if (!picture) {
    log::write(std::move(picture).error().in("demo presenter"));
    return EX_UNAVAILABLE;
  }
  Presenter presenter(options, std::move(*picture));
  if (auto status = presenter.run(); !status) {
    log::write(status.error());
    return EX_UNAVAILABLE;
  }
  return EX_OK;
}

}  // namespace estrad::demo
