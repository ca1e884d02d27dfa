// Requests as they should be, and the small print of HTTP/1.1.

#include "raw_client.hpp"
#include "running_server.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <zlib.h>

namespace optimat {
namespace {

constexpr std::string_view hello = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Requests, several_on_one_connection) {
    RunningServer server;
    RawClient client(server.port());
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(client.send(hello));
        const auto answer = client.answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
        EXPECT_EQ(answer->body, "hello");
        EXPECT_EQ(answer->field("connection"), "keep-alive");
        EXPECT_NE(answer->field("date"), "");
    }
}

TEST(Requests, pipelined_are_answered_in_order) {
    RunningServer server;
    RawClient client(server.port());
    std::string all;
    for (int i = 0; i < 20; ++i)
        all += "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n" + std::to_string(10 + i);
    client.send(all);
    for (int i = 0; i < 20; ++i) {
        const auto answer = client.answer();
        ASSERT_TRUE(answer) << i;
        EXPECT_EQ(answer->body, std::to_string(10 + i));
    }
}

TEST(Requests, head_has_the_length_and_no_body) {
    RunningServer server;
    RawClient client(server.port());
    client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.answer_without_body();
    ASSERT_TRUE(head);
    EXPECT_EQ(head->field("content-length"), "5");
    client.send(hello);
    EXPECT_EQ(client.answer()->body, "hello");
}

TEST(Requests, a_connection_closes_when_asked_to) {
    RunningServer server;
    for (const std::string request :
         {"GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /hello HTTP/1.0\r\n\r\n"}) {
        RawClient client(server.port());
        client.send(request);
        const auto answer = client.answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->field("connection"), "close");
        EXPECT_TRUE(client.is_closed_within(std::chrono::milliseconds(300)));
    }
}

TEST(Requests, chunked_bodies_and_continue) {
    RunningServer server;
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    EXPECT_EQ(client.answer()->body, "abcde");
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.answer_without_body()->status, 100);
    client.send("wxyz");
    EXPECT_EQ(client.answer()->body, "wxyz");
}

TEST(Requests, a_refused_upload_is_not_asked_for) {
    RunningServer server;
    const auto answer = ask(server.port(), "POST /closed HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n"
                                           "Expect: 100-continue\r\n\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 403);
    EXPECT_EQ(answer->field("connection"), "close");
}

TEST(Requests, half_closed_sockets_get_their_answer) {
    RunningServer server;
    RawClient client(server.port());
    client.send(hello);
    client.finish_sending();
    EXPECT_EQ(client.answer()->body, "hello");
    EXPECT_TRUE(client.is_closed_within(std::chrono::milliseconds(300)));
}

TEST(Requests, large_answers_arrive_whole) {
    RunningServer server;
    const auto answer = ask(server.port(), "GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, std::string(8 * 1024 * 1024, 'b'));
}

TEST(Requests, compressed_for_those_who_accept_it) {
    RunningServer server;
    const auto plain = ask(server.port(), "GET /text HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(plain->body.size(), 5000u);
    const auto packed =
        ask(server.port(), "GET /text HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br, gzip\r\n\r\n");
    EXPECT_EQ(packed->field("content-encoding"), "gzip");
    std::string text(6000, '\0');
    z_stream stream{};
    ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string bytes = packed->body;
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    EXPECT_EQ(text, std::string(5000, 't'));
}

TEST(Requests, exceptions_become_a_plain_500_without_their_text) {
    RunningServer server;
    for (const std::string path : {"/throw", "/throw_error", "/bad_header"}) {
        const auto answer = ask(server.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(answer->status, 500) << path;
        EXPECT_EQ(answer->body, "500 Internal Server Error\n");
        EXPECT_EQ(answer->head.find("Set-Cookie"), std::string::npos);
    }
    const auto admitted =
        ask(server.port(), "POST /throw_admit HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na");
    EXPECT_EQ(admitted->status, 500);
    EXPECT_EQ(ask(server.port(), hello)->status, 200);
}

TEST(Requests, the_proxy_is_believed_only_when_there_is_one) {
    const std::string asked = "GET /peer HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 203.0.113.9\r\n"
                              "X-Forwarded-Proto: https\r\n\r\n";
    RunningServer open;
    EXPECT_EQ(ask(open.port(), asked)->body, "127.0.0.1 plain");
    ServerOptions options = quick_options();
    options.behind_proxy = true;
    RunningServer behind(options);
    EXPECT_EQ(ask(behind.port(), asked)->body, "203.0.113.9 secure");
}

TEST(Requests, the_application_is_told_of_every_answer) {
    RunningServer server;
    ask(server.port(), hello);
    ask(server.port(), "BREW /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    server.stop();
    // It is told when an answer has left, so the second may be told of first.
    auto served = server.application().all_served();
    ASSERT_EQ(served.size(), 2u);
    std::ranges::sort(served, {}, &Served::status);
    EXPECT_EQ(served[0].status, 200);
    EXPECT_EQ(served[0].bytes, 5u);
    EXPECT_EQ(served[0].route.text(), "shown");
    EXPECT_EQ(served[0].method, Method::get);
    EXPECT_EQ(served[1].status, 405);
    EXPECT_EQ(served[1].method, std::nullopt);
}

TEST(Requests, a_taken_port_is_said_by_name) {
    RunningServer first;
    ServerOptions options = quick_options();
    options.port = first.port();
    ShowingApplication application;
    try {
        const Server second(options, application);
        FAIL() << "two servers on one port";
    } catch (const UsageError& error) {
        EXPECT_NE(std::string(error.what()).find(std::to_string(first.port())), std::string::npos);
    }
    options.address = "no address";
    EXPECT_THROW(Server(options, application), UsageError);
}

}  // namespace
}  // namespace optimat
