#include "ingest/rtmp/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/ingest/encoder.h"
#include "unit/ingest/hex.h"

namespace estrad::ingest::rtmp {
namespace {

using test::join;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

/// The events and answers of a session in words, so that a test reads as a conversation.
class SessionTest : public testing::Test {
 protected:
  void shake_hands() {
    session_.receive(test::HandshakeClient::simple_start());
    EXPECT_THAT(events(), IsEmpty());
    session_.receive(test::HandshakeClient::simple_answer(session_.take_output()));
    EXPECT_THAT(events(), IsEmpty());
    EXPECT_TRUE(session_.has_shaken_hands());
  }
  void connect_and_publish(const std::string& key = "key") {
    shake_hands();
    say(join({encoder_.set_chunk_size(4096), encoder_.connect("live"), encoder_.create_stream(),
              encoder_.publish(key)}));
    EXPECT_THAT(answers(), Contains("_result 4"));
  }

  /// What comes of `bytes`.
  std::vector<std::string> say(const Bytes& bytes) {
    session_.receive(bytes);
    return events();
  }
  std::vector<std::string> events() {
    std::vector<std::string> words;
    for (;;) {
      auto event = session_.next();
      if (!event) {
        words.push_back("error: " + event.error().message);
        return words;
      }
      if (!*event) {
        return words;
      }
      words.push_back(std::visit([](const auto& of) { return word(of); }, **event));
    }
  }
  std::vector<std::string> answers() {
    std::vector<std::string> words;
    for (const Message& message : encoder_.hear(session_.take_output())) {
      words.push_back(word(message));
    }
    return words;
  }

  static std::string word(const PublishRequested& request) {
    return "publish " + request.app + " " + request.name;
  }
  static std::string word(const PublishEnded& /*end*/) { return "publish ended"; }
  static std::string word(const SessionEnded& end) { return "ended: " + end.reason; }
  static std::string word(const MediaReceived& media) {
    return "media " + std::to_string(static_cast<int>(media.message.type)) + " at " +
           std::to_string(media.message.timestamp_ms);
  }
  static std::string word(const Message& message) {
    if (message.type != MessageType::kCommandAmf0) {
      return "control " + std::to_string(static_cast<int>(message.type));
    }
    const auto command = read_command(message);
    std::string words = command->name;
    if (command->transaction != 0) {
      words += " " + std::to_string(static_cast<int>(command->transaction));
    }
    const AmfValue* code =
        command->arguments.empty() ? nullptr : command->arguments[0].property("code");
    return code == nullptr ? words : words + " " + *code->string();
  }

  test::Encoder encoder_;
  Session session_;
};

TEST_F(SessionTest, LetsObsPublish) {
  shake_hands();
  EXPECT_THAT(say(join({encoder_.set_chunk_size(4096), encoder_.connect("live")})), IsEmpty());
  EXPECT_THAT(answers(), ElementsAre("control 5", "control 6", "control 1",
                                     "_result 1 NetConnection.Connect.Success"));
  say(join({encoder_.command(0, "releaseStream", 2, AmfNull{}, {"key"}),
            encoder_.command(0, "FCPublish", 3, AmfNull{}, {"key"}), encoder_.create_stream()}));
  EXPECT_THAT(answers(), ElementsAre("_result 2", "_result 3",
                                     "onFCPublish NetStream.Publish.Start", "_result 4"));
  EXPECT_THAT(say(encoder_.publish("key?a=b")), ElementsAre("publish live key?a=b"));
  EXPECT_THAT(answers(), IsEmpty());
  session_.accept_publish();
  EXPECT_THAT(answers(), ElementsAre("control 4", "onStatus NetStream.Publish.Start"));
  EXPECT_EQ(session_.encoder(), "FMLE/3.0 (compatible; FMSc/1.0)");

  EXPECT_THAT(
      say(join({encoder_.metadata(1280), encoder_.message(4, {MessageType::kVideo, 1, 40, {0x17}}),
                encoder_.message(4, {MessageType::kAudio, 1, 42, {0xAF}})})),
      ElementsAre("media 18 at 0", "media 9 at 40", "media 8 at 42"));

  EXPECT_THAT(say(join({encoder_.command(0, "FCUnpublish", 6, AmfNull{}, {"key"}),
                        encoder_.command(0, "deleteStream", 7, AmfNull{}, {1.0})})),
              ElementsAre("publish ended"));
  EXPECT_THAT(answers(), ElementsAre("onFCUnpublish NetStream.Unpublish.Success", "_result 6",
                                     "onStatus NetStream.Unpublish.Success"));
}

TEST_F(SessionTest, ReadsTheSameHoweverTheBytesAreCut) {
  shake_hands();
  const Bytes bytes =
      join({encoder_.set_chunk_size(64), encoder_.connect("live/a"), encoder_.create_stream(),
            encoder_.publish("key"), encoder_.metadata(640)});
  std::vector<std::string> words;
  for (const std::uint8_t byte : bytes) {
    for (auto& event : say({byte})) {
      words.push_back(std::move(event));
    }
  }
  EXPECT_THAT(words, ElementsAre("publish live/a key"));
  session_.accept_publish();
  EXPECT_THAT(events(), ElementsAre("media 18 at 0"));
}

TEST_F(SessionTest, KeepsMediaThatCameAheadOfTheAnswer) {
  shake_hands();
  EXPECT_THAT(say(join({encoder_.connect("live"), encoder_.create_stream(), encoder_.publish("key"),
                        encoder_.metadata(640)})),
              ElementsAre("publish live key"));
  EXPECT_THAT(say(encoder_.message(4, {MessageType::kVideo, 1, 40, {0x17}})), IsEmpty());
  EXPECT_GT(session_.waiting_bytes(), 0U);
  session_.accept_publish();
  EXPECT_THAT(events(), ElementsAre("media 18 at 0", "media 9 at 40"));
  EXPECT_EQ(session_.waiting_bytes(), 0U);
}

TEST_F(SessionTest, TakesNoMediaAfterARefusal) {
  connect_and_publish();
  session_.refuse_publish("NetStream.Publish.BadName", "No.");
  EXPECT_THAT(answers(), ElementsAre("onStatus NetStream.Publish.BadName"));
  EXPECT_THAT(say(encoder_.metadata(640)), IsEmpty());
}

TEST_F(SessionTest, RefusesToPlay) {
  shake_hands();
  EXPECT_THAT(say(join({encoder_.connect("live"), encoder_.create_stream(),
                        encoder_.command(1, "play", 5, AmfNull{}, {"key"})})),
              ElementsAre("ended: asked to play"));
  EXPECT_THAT(answers(), Contains("onStatus NetStream.Play.Failed"));
}

TEST_F(SessionTest, AnswersAnUnknownCommandWithAnErrorAndGoesOn) {
  shake_hands();
  EXPECT_THAT(say(join({encoder_.connect("live"),
                        encoder_.command(0, "getStreamLength", 9, AmfNull{}, {"key"}),
                        encoder_.command(0, "_checkbw", 0, AmfNull{}), encoder_.create_stream()})),
              IsEmpty());
  const auto words = answers();
  EXPECT_THAT(words, Contains("_error 9 NetConnection.Call.Failed"));
  EXPECT_EQ(words.back(), "_result 4");
}

TEST_F(SessionTest, AllowsSoManyStreamsAndNoMore) {
  shake_hands();
  say(encoder_.connect("live"));
  for (int i = 0; i < 9; ++i) {
    say(encoder_.create_stream());
  }
  EXPECT_EQ(answers().back(), "_error 4 NetConnection.Call.Failed");
}

TEST_F(SessionTest, MayPublishAgainOnTheSameConnection) {
  connect_and_publish();
  session_.accept_publish();
  EXPECT_THAT(say(encoder_.command(1, "closeStream", 0, AmfNull{})), ElementsAre("publish ended"));
  EXPECT_THAT(say(join({encoder_.create_stream(), encoder_.publish("key")})),
              ElementsAre("publish live key"));
}

TEST_F(SessionTest, AnswersAPing) {
  connect_and_publish();
  session_.accept_publish();
  static_cast<void>(answers());
  say(encoder_.message(2, user_control(UserControl::kPingRequest, 0x01020304)));
  const auto heard = encoder_.hear(session_.take_output());
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0], user_control(UserControl::kPingResponse, 0x01020304));
}

TEST_F(SessionTest, AcknowledgesWithinTheWindowThatTheEncoderSets) {
  connect_and_publish();
  session_.accept_publish();
  say(encoder_.message(2, window_acknowledgement_size(10'000)));
  static_cast<void>(answers());
  std::size_t acknowledgements = 0;
  for (int i = 0; i < 100; ++i) {
    say(encoder_.message(4, {MessageType::kVideo, 1, 40, Bytes(1000, 1)}));
    acknowledgements += answers().size();
  }
  EXPECT_GE(acknowledgements, 10U);
  EXPECT_LE(acknowledgements, 21U);
}

TEST_F(SessionTest, SplitsAggregates) {
  connect_and_publish();
  session_.accept_publish();
  const Message aggregate{
      MessageType::kAggregate, 1, 100,
      test::hex("08 000001 000000 00 000000 aa 0000000c 09 000001 000005 00 000000 bb 0000000c")};
  EXPECT_THAT(say(encoder_.message(4, aggregate)), ElementsAre("media 8 at 100", "media 9 at 105"));
}

TEST_F(SessionTest, RefusesACommandBeforeConnect) {
  shake_hands();
  EXPECT_THAT(say(encoder_.publish("key")), ElementsAre("error: a command before connect"));
}

TEST_F(SessionTest, RefusesASecondConnect) {
  shake_hands();
  EXPECT_THAT(say(join({encoder_.connect("live"), encoder_.connect("live")})),
              ElementsAre("error: connect for a second time"));
}

TEST_F(SessionTest, RefusesGarbageForACommand) {
  shake_hands();
  EXPECT_THAT(say(encoder_.message(3, {MessageType::kCommandAmf0, 0, 0, test::hex("ff00")})),
              ElementsAre("error: command: AMF 0 has no type 0xff here"));
}

TEST_F(SessionTest, ReadsACommandOfTheAmf3Type) {
  shake_hands();
  say(encoder_.connect("live"));
  static_cast<void>(answers());
  Message create{MessageType::kCommandAmf3, 0, 0, {0}};
  write_amf("createStream", create.payload);
  write_amf(4.0, create.payload);
  write_amf(AmfNull{}, create.payload);
  say(encoder_.message(3, create));
  EXPECT_THAT(answers(), ElementsAre("_result 4"));
}

}  // namespace
}  // namespace estrad::ingest::rtmp
