#include "ingest/rtmp_door.h"

#include <gtest/gtest.h>

#include "unit/ingest/door_fixture.h"
#include "unit/ingest/line.h"

namespace estrad::ingest {
namespace {

using test::Line;
using test::LineEncoder;

class RtmpDoorTest : public test::DoorFixture {};

TEST_F(RtmpDoorTest, SaysWhichPortIsTakenAndHowToMendIt) {
  open();
  RtmpOptions options;
  options.host = "127.0.0.1";
  options.port = port();
  const auto second = RtmpDoor::create(loop_, clock_, options, keys_, sink_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kUnavailable);
  EXPECT_EQ(second.error().field, "rtmp.listen");
  EXPECT_EQ(second.error().message,
            "cannot listen on 127.0.0.1:" + std::to_string(port()) +
                ": another program listens there; stop it, or set rtmp.listen to another port");
}

TEST_F(RtmpDoorTest, RefusesAHostThatIsNoAddress) {
  RtmpOptions options;
  options.host = "example";
  const auto door = RtmpDoor::create(loop_, clock_, options, keys_, sink_);
  ASSERT_FALSE(door);
  EXPECT_EQ(door.error().kind, ErrorKind::kInvalidInput);
}

TEST_F(RtmpDoorTest, ListensOnIpv6) {
  open({.host = "::"});
  EXPECT_TRUE(Line(port(), true).is_connected());
  EXPECT_TRUE(Line(port(), false).is_connected());
}

TEST_F(RtmpDoorTest, ClosesOnGarbage) {
  open();
  Line line(port());
  line.send(Bytes(5000, 'G'));
  EXPECT_TRUE(line.is_closed_by_server());
}

TEST_F(RtmpDoorTest, ClosesOnGarbageBehindTheHandshake) {
  open();
  LineEncoder encoder(port());
  ASSERT_TRUE(encoder.shake_hands());
  encoder.line.send(Bytes(5000, 0xFF));
  EXPECT_TRUE(encoder.line.is_closed_by_server());
}

TEST_F(RtmpDoorTest, DoesNotWaitForASlowHandshake) {
  open({.handshake_within = milliseconds(300)});
  Line line(port());
  Bytes start = test::HandshakeClient::simple_start();
  start.resize(700);
  line.send(start);
  EXPECT_TRUE(line.is_closed_by_server());
}

TEST_F(RtmpDoorTest, DoesNotWaitForAPublishThatNeverComes) {
  open({.publish_within = milliseconds(300)});
  LineEncoder encoder(port());
  ASSERT_TRUE(encoder.shake_hands());
  encoder.line.send(encoder.encoder.connect("live"));
  EXPECT_TRUE(encoder.line.is_closed_by_server());
}

TEST_F(RtmpDoorTest, LetsASilentEncoderGo) {
  open({.idle_limit = milliseconds(300)});
  LineEncoder encoder(port());
  encoder.ask_to_publish("key");
  EXPECT_EQ(encoder.next_status(), "NetStream.Publish.Start");
  EXPECT_TRUE(encoder.line.is_closed_by_server());
  EXPECT_EQ(sink_.wait_for_end(0).end_reason, "fell silent");
}

TEST_F(RtmpDoorTest, TellsThatAKeyIsWrongThenCloses) {
  open();
  for (const char* key : {"wrong", "", "k\x02y"}) {
    LineEncoder encoder(port());
    encoder.ask_to_publish(key);
    EXPECT_EQ(encoder.next_status(), "NetStream.Publish.BadName");
    EXPECT_EQ(encoder.next_status(), "closed");
  }
  EXPECT_EQ(sink_.count(), 0U);
}

TEST_F(RtmpDoorTest, TellsThatThereIsNoRoomForTheStage) {
  open();
  LineEncoder encoder(port());
  encoder.ask_to_publish("crowded");
  EXPECT_EQ(encoder.next_status(), "NetStream.Publish.Denied");
  EXPECT_EQ(encoder.next_status(), "closed");
  EXPECT_EQ(sink_.count(), 0U);
}

TEST_F(RtmpDoorTest, DoesNotCallAKeyWrongThatItCannotCheck) {
  open();
  LineEncoder encoder(port());
  encoder.ask_to_publish("broken");
  EXPECT_EQ(encoder.next_status(), "NetStream.Failed");
  EXPECT_EQ(encoder.next_status(), "closed");
}

TEST_F(RtmpDoorTest, RefusesToPlay) {
  open();
  LineEncoder viewer(port());
  ASSERT_TRUE(viewer.shake_hands());
  viewer.line.send(viewer.encoder.connect("live"));
  viewer.line.send(viewer.encoder.create_stream());
  viewer.line.send(viewer.encoder.command(1, "play", 5, rtmp::AmfNull{}, {"key"}));
  EXPECT_EQ(viewer.next_status(), "NetStream.Play.Failed");
  EXPECT_EQ(viewer.next_status(), "closed");
}

TEST_F(RtmpDoorTest, ChecksKeysLaterNotNeverAfterTooManyWrongOnes) {
  open({.wrong_keys_in_a_row = 1, .wrong_key_pause = milliseconds(400)});
  LineEncoder guesser(port());
  guesser.ask_to_publish("wrong");
  EXPECT_EQ(guesser.next_status(), "NetStream.Publish.BadName");
  const SteadyTime before = clock_.steady();
  LineEncoder honest(port());
  honest.ask_to_publish("key");
  EXPECT_EQ(honest.next_status(), "NetStream.Publish.Start");
  EXPECT_GE(clock_.steady() - before, milliseconds(200));
}

TEST_F(RtmpDoorTest, LimitsConnectionsFromOneAddress) {
  open({.max_connections_per_address = 4});
  std::vector<std::unique_ptr<LineEncoder>> encoders;
  for (int i = 0; i < 4; ++i) {
    encoders.push_back(std::make_unique<LineEncoder>(port()));
    EXPECT_TRUE(encoders.back()->shake_hands());
  }
  EXPECT_TRUE(Line(port()).is_closed_by_server());
  // Those inside are not disturbed, and a place that falls free is given again.
  encoders[0]->line.send(encoders[0]->encoder.connect("live"));
  EXPECT_FALSE(encoders[0]->line.read().empty());
  encoders.pop_back();
  const SteadyTime deadline = clock_.steady() + std::chrono::seconds(10);
  bool is_in = false;
  while (!is_in && clock_.steady() < deadline) {
    is_in = LineEncoder(port()).shake_hands();
  }
  EXPECT_TRUE(is_in);
}

TEST_F(RtmpDoorTest, LimitsConnectionsInAll) {
  open({.max_connections = 2});
  LineEncoder first(port());
  LineEncoder second(port());
  EXPECT_TRUE(first.shake_hands() && second.shake_hands());
  EXPECT_TRUE(Line(port()).is_closed_by_server());
}

TEST_F(RtmpDoorTest, GivesTheTurnToTheSecondWhenTheFirstCloses) {
  open();
  auto first = std::make_unique<LineEncoder>(port());
  first->ask_to_publish("key");
  EXPECT_EQ(first->next_status(), "NetStream.Publish.Start");
  first->send_video(0);
  LineEncoder second(port());
  second.ask_to_publish("key");
  first.reset();
  EXPECT_EQ(second.next_status(), "NetStream.Publish.Start");
  EXPECT_TRUE(sink_.wait_for_end(0).is_ended);
  EXPECT_FALSE(sink_.wait_for_start(1).is_ended);
}

TEST_F(RtmpDoorTest, TakesMainAndBackupSideBySide) {
  open();
  LineEncoder main(port());
  main.ask_to_publish("key");
  EXPECT_EQ(main.next_status(), "NetStream.Publish.Start");
  LineEncoder backup(port());
  backup.ask_to_publish("backup");
  EXPECT_EQ(backup.next_status(), "NetStream.Publish.Start");
  EXPECT_FALSE(sink_.wait_for_start(0).info.is_backup);
  const FeedInfo info = sink_.wait_for_start(1).info;
  EXPECT_TRUE(info.is_backup);
  EXPECT_EQ(info.stage, "main");
  EXPECT_EQ(info.protocol, "rtmp");
  EXPECT_EQ(info.encoder, "FMLE/3.0 (compatible; FMSc/1.0)");
}

TEST_F(RtmpDoorTest, DisconnectsOneFeed) {
  open();
  LineEncoder encoder(port());
  encoder.ask_to_publish("key");
  EXPECT_EQ(encoder.next_status(), "NetStream.Publish.Start");
  door_->disconnect(sink_.wait_for_start(0).info.id, "removed by staff");
  EXPECT_EQ(encoder.next_status(), "NetStream.Unpublish.Success");
  EXPECT_EQ(encoder.next_status(), "closed");
  EXPECT_EQ(sink_.wait_for_end(0).end_reason, "removed by staff");
}

TEST_F(RtmpDoorTest, StopsPolitely) {
  open();
  LineEncoder encoder(port());
  encoder.ask_to_publish("key");
  EXPECT_EQ(encoder.next_status(), "NetStream.Publish.Start");
  encoder.send_video(7);
  EXPECT_EQ(sink_.wait_for_data(0).keyframes(), 1U);
  std::promise<void> stopped;
  door_->stop([&] { stopped.set_value(); });
  EXPECT_EQ(encoder.next_status(), "NetStream.Unpublish.Success");
  EXPECT_EQ(encoder.next_status(), "closed");
  stopped.get_future().get();
  EXPECT_EQ(sink_.wait_for_end(0).end_reason, "the server stops");
  EXPECT_FALSE(Line(port()).is_connected());
}

TEST_F(RtmpDoorTest, StopsAtOnceWhenNobodyIsThere) {
  open();
  std::promise<void> stopped;
  door_->stop([&] { stopped.set_value(); });
  stopped.get_future().get();
}

}  // namespace
}  // namespace estrad::ingest
