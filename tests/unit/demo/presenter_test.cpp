#include "demo/presenter.h"

#include <array>
#include <fstream>
#include <thread>
#include <vector>

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "demo/barcode.h"
#include "demo/picture.h"
#include "glib/handle.h"
#include "glib/ref.h"
#include "support/temporary_folder.h"

namespace estrad::demo {
namespace {

using glib::Ref;

/// The luma of a BGRx picture as drawn: grey in, grey out.
Bytes green_plane(const std::vector<std::uint8_t>& frame) {
  Bytes plane(frame.size() / 4);
  for (std::size_t i = 0; i < plane.size(); ++i) {
    plane[i] = frame[i * 4 + 1];
  }
  return plane;
}

TEST(Picture, CarriesItsTimeInTheBarcode) {
  const auto picture = Picture::create(1280, 720);
  ASSERT_TRUE(picture.has_value());
  std::vector<std::uint8_t> frame(picture->frame_bytes());
  for (const auto ms : {1'773'147'612'345, 1'773'147'612'378}) {
    picture->draw(frame.data(), {WallTime(milliseconds(ms)), false});
    EXPECT_EQ(read_barcode({green_plane(frame), 1280, 720, 1280}), WallTime(milliseconds(ms)));
  }
}

TEST(Picture, FlashesWithTheBeat) {
  const auto picture = Picture::create(640, 360).value();
  std::vector<std::uint8_t> dark(picture.frame_bytes());
  std::vector<std::uint8_t> lit(picture.frame_bytes());
  const WallTime moment{milliseconds(1'773'147'612'000)};
  picture.draw(dark.data(), {moment, false});
  picture.draw(lit.data(), {moment, true});
  const std::size_t in_the_square = (276 * 640 + 56) * 4;
  EXPECT_LT(dark[in_the_square], 64);
  EXPECT_EQ(lit[in_the_square], 255);
}

/// Waits, on the file system's own events, until `file` has grown to `bytes`.
void wait_for_size(const std::filesystem::path& file, std::uintmax_t bytes) {
  const glib::Fd watch(inotify_init1(IN_CLOEXEC));
  inotify_add_watch(watch.get(), file.parent_path().c_str(), IN_MODIFY | IN_CREATE);
  std::error_code ignored;
  while (!std::filesystem::exists(file, ignored) || std::filesystem::file_size(file) < bytes) {
    pollfd wait{watch.get(), POLLIN, 0};
    ASSERT_EQ(poll(&wait, 1, 10'000), 1) << "the presenter writes nothing";
    std::array<char, 4096> events{};
    ASSERT_GT(read(watch.get(), events.data(), events.size()), 0);
  }
}

/// The times that the frames of an FLV file show, decoded.
std::vector<WallTime> times_in(const std::filesystem::path& file) {
  const auto description = "filesrc location=" + file.string() +
                           " ! flvdemux ! h264parse ! avdec_h264 ! video/x-raw,format=I420 ! "
                           "appsink name=frames sync=false";
  const auto pipeline = Ref<GstElement>::sink(gst_parse_launch(description.c_str(), nullptr));
  const auto sink = Ref<GstElement>::adopt(gst_bin_get_by_name(GST_BIN(pipeline.get()), "frames"));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  std::vector<WallTime> times;
  while (const auto sample = Ref<GstSample>::adopt(
             gst_app_sink_try_pull_sample(GST_APP_SINK(sink.get()), 10 * GST_SECOND))) {
    GstVideoInfo info;
    gst_video_info_from_caps(&info, gst_sample_get_caps(sample.get()));
    GstVideoFrame frame;
    gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample.get()), GST_MAP_READ);
    const auto stride = static_cast<std::size_t>(GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0));
    const auto height = static_cast<std::size_t>(GST_VIDEO_FRAME_HEIGHT(&frame));
    const ByteView luma(static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0)),
                        stride * height);
    const auto time = read_barcode(
        {luma, static_cast<std::size_t>(GST_VIDEO_FRAME_WIDTH(&frame)), height, stride});
    times.push_back(time.value_or(WallTime()));
    gst_video_frame_unmap(&frame);
  }
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  return times;
}

TEST(Presenter, SendsFramesThatTellWhenTheyWereMadeAndStopsWithItsParent) {
  const test::TemporaryFolder folder;
  const auto file = folder / "sent.flv";
  std::array<int, 2> lifeline{};
  ASSERT_EQ(pipe(lifeline.data()), 0);
  const glib::Fd reads(lifeline[0]);
  glib::Fd parent(lifeline[1]);

  PresenterOptions options;
  options.url = "file://" + file.string();
  options.width = 640;
  options.height = 360;
  options.lifeline_fd = reads.get();
  int exit_code = -1;
  std::thread presenter([&] { exit_code = run_presenter(options); });
  wait_for_size(file, 200'000);
  parent.reset();
  presenter.join();
  EXPECT_EQ(exit_code, 0);

  const auto times = times_in(file);
  ASSERT_GT(times.size(), 10U);
  for (std::size_t i = 1; i < times.size(); ++i) {
    EXPECT_GT(times[i], times[i - 1]) << "frame " << i;
  }
  const auto now = SystemClock().wall();
  EXPECT_LT(now - times.back(), std::chrono::seconds(60));
}

TEST(Presenter, GoesOnTryingWhenNobodyAnswersAndStillStopsWithItsParent) {
  std::array<int, 2> lifeline{};
  ASSERT_EQ(pipe(lifeline.data()), 0);
  const glib::Fd reads(lifeline[0]);
  glib::Fd parent(lifeline[1]);
  PresenterOptions options;
  options.url = "rtmp://127.0.0.1:1/live/nobody";
  options.lifeline_fd = reads.get();
  int exit_code = -1;
  std::thread presenter([&] { exit_code = run_presenter(options); });
  parent.reset();
  presenter.join();
  EXPECT_EQ(exit_code, 0);
}

}  // namespace
}  // namespace estrad::demo
