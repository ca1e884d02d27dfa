// Clients that are slow, broken or hostile must neither be served longer than the limits allow nor keep
// others waiting.

#include "raw_client.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>
#include <list>
#include <random>

#include <sys/resource.h>

namespace optimat {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::string_view hello = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";

template <class Condition> bool becomes_true(Condition condition, milliseconds within = milliseconds(3000)) {
    const auto until = Clock::now() + within;
    while (Clock::now() < until) {
        if (condition()) return true;
        std::this_thread::sleep_for(milliseconds(5));
    }
    return false;
}

int status_of(std::uint16_t port, std::string_view request) {
    const auto answer = ask(port, request);
    return answer ? answer->status : 0;
}

TEST(Robustness, a_slow_head_is_cut_with_408) {
    RunningServer server;
    RawClient drip(server.port());
    const auto start = Clock::now();
    drip.send("GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 7; ++i) {
        std::this_thread::sleep_for(milliseconds(100));
        drip.send("X: y\r\n");
    }
    const auto answer = drip.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 408);
    EXPECT_LT(Clock::now() - start, milliseconds(1500));
}

TEST(Robustness, an_idle_connection_is_closed_without_a_word) {
    ServerOptions options = quick_options();
    options.idle_deadline = milliseconds(200);
    RunningServer server(options);
    RawClient never(server.port()), after_one(server.port());
    after_one.send(hello);
    EXPECT_TRUE(after_one.answer());
    EXPECT_TRUE(never.is_closed_within(milliseconds(1000)));
    EXPECT_TRUE(after_one.is_closed_within(milliseconds(1000)));
    EXPECT_EQ(server.application().all_served().size(), 1u);
}

TEST(Robustness, a_body_that_stands_still_is_cut) {
    RunningServer server;
    RawClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 408);
    EXPECT_TRUE(becomes_true([&] { return server.application().m_undone == 1; }));
    EXPECT_EQ(server.application().m_finished, 0);
}

TEST(Robustness, a_body_that_comes_slowly_but_steadily_is_taken) {
    RunningServer server;
    RawClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n");
    for (int i = 0; i < 8; ++i) {
        std::this_thread::sleep_for(milliseconds(150));
        client.send("x");
    }
    EXPECT_EQ(client.answer()->status, 200);
}

TEST(Robustness, a_client_that_does_not_read_is_cut) {
    RunningServer server;
    RawClient client(server.port());
    client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(becomes_true([&] { return server.server().connections() == 1; }));
    EXPECT_TRUE(becomes_true([&] { return server.server().connections() == 0; }));
    EXPECT_FALSE(client.answer());
}

TEST(Robustness, huge_heads_are_431) {
    RunningServer server;
    EXPECT_EQ(
        status_of(server.port(), "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"),
        431);
    EXPECT_EQ(status_of(server.port(), "GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n"),
              431);
    EXPECT_EQ(
        status_of(server.port(), "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(15'000, 'x') + "\r\n\r\n"),
        200);
    RawClient endless(server.port());
    const std::string piece(64 * 1024, 'x');
    endless.send("GET / HTTP/1.1\r\nX: ");
    std::size_t sent = 0;
    while (sent < (std::size_t{64} << 20) && endless.send(piece))
        sent += piece.size();
    EXPECT_LT(sent, std::size_t{64} << 20);
    EXPECT_EQ(status_of(server.port(), hello), 200);
}

TEST(Robustness, too_long_bodies_are_413_at_once_or_when_they_are) {
    RunningServer server;
    RawClient said(server.port());
    said.send("POST /small_upload HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000000\r\n\r\n");
    EXPECT_EQ(said.answer(milliseconds(300))->status, 413);
    EXPECT_EQ(server.application().m_taken, 0u);
    RawClient chunked(server.port());
    chunked.send("POST /small_upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 3; ++i)
        chunked.send("1f4\r\n" + std::string(500, 'x') + "\r\n");
    EXPECT_EQ(chunked.answer()->status, 413);
    EXPECT_TRUE(becomes_true([&] { return server.application().m_undone == 2; }));
    EXPECT_EQ(server.application().m_finished, 0);
    EXPECT_EQ(status_of(server.port(), "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n"),
              413);
}

TEST(Robustness, requests_that_can_be_read_in_two_ways_are_refused) {
    RunningServer server;
    const std::string post = "POST /echo HTTP/1.1\r\nHost: a\r\n";
    const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    const std::string next = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";
    const std::vector<std::string> hostile = {
        post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        post + "Content-Length: 3, 3\r\n\r\nabc",
        post + "Content-Length: -3\r\n\r\nabc",
        post + "Content-Length: +3\r\n\r\nabc",
        post + "Content-Length: 0x3\r\n\r\nabc",
        post + "Content-Length: 99999999999999999999999\r\n\r\nabc",
        post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "Content-Length : 3\r\n\r\nabc",
        chunked + "-2\r\nab\r\n0\r\n\r\n",
        chunked + "zz\r\nab\r\n0\r\n\r\n",
        chunked + "0x2\r\nab\r\n0\r\n\r\n",
        chunked + "fffffffffffffffffff\r\nab\r\n0\r\n\r\n",
        chunked + "2\r\nabc\r\n0\r\n\r\n",
        chunked + "2;a\nb\r\nab\r\n0\r\n\r\n",
        chunked + "2\nab\n0\n\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nX: a" + std::string(1, '\0') + "b\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nX" + std::string(1, '\0') + ": b\r\n\r\n",
        "GET /hel" + std::string(1, '\0') + "lo HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
        "GET /hello HTTP/1.1\nHost: a\n\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /hello HTTP/1.1\r\n\r\n",
        "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n",
        "GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /hello\r\nHost: a\r\n\r\n",
        "GET http://a/hello HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "\x16\x03\x01\x02 not HTTP at all \r\n\r\n",
    };
    for (const std::string& request : hostile) {
        RawClient client(server.port());
        client.send(request + next);
        const auto answer = client.answer();
        if (answer) {
            EXPECT_GE(answer->status, 400) << request;
            EXPECT_LT(answer->status, 600) << request;
        }
        EXPECT_FALSE(client.answer(milliseconds(1500))) << "a second answer to: " << request;
    }
    EXPECT_EQ(server.application().m_answered, 0);
    EXPECT_EQ(status_of(server.port(), hello), 200);
}

TEST(Robustness, unknown_methods_are_405_with_those_allowed) {
    RunningServer server;
    for (const std::string method : {"PUT", "DELETE", "OPTIONS", "TRACE", "BREW"}) {
        const auto answer = ask(server.port(), method + " /hello HTTP/1.1\r\nHost: a\r\n\r\n");
        ASSERT_TRUE(answer) << method;
        EXPECT_EQ(answer->status, 405);
        EXPECT_EQ(answer->field("allow"), "GET, HEAD, POST");
    }
}

TEST(Robustness, random_bytes_never_bring_it_down) {
    RunningServer server;
    std::mt19937 dice(11);
    const std::string words =
        "GET POST /  HTTP/1.1\r\n\r\n\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n";
    for (int round = 0; round < 150; ++round) {
        std::string bytes;
        while (bytes.size() < 200) {
            const std::size_t at = dice() % words.size();
            bytes += dice() % 8 == 0 ? std::string(1, static_cast<char>(dice() & 0xff))
                                     : words.substr(at, dice() % 12);
        }
        RawClient client(server.port());
        client.send(bytes);
        client.finish_sending();
    }
    EXPECT_EQ(status_of(server.port(), hello), 200);
    EXPECT_TRUE(becomes_true([&] { return server.server().connections() == 0; }));
}

TEST(Robustness, a_thousand_idle_connections_keep_nobody_waiting) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
    ::setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < 2200) GTEST_SKIP() << "too few files may be open here";
    ServerOptions options = quick_options();
    options.idle_deadline = std::chrono::seconds(20);
    options.header_deadline = std::chrono::seconds(20);
    RunningServer server(options);
    std::list<RawClient> idle;
    for (int i = 0; i < 1000; ++i) {
        idle.emplace_back(server.port());
        if (i % 2 == 0) idle.back().send("GET /hello HTTP/1.1\r\n");
    }
    ASSERT_TRUE(becomes_true([&] { return server.server().connections() == 1000; }));
    const auto start = Clock::now();
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(status_of(server.port(), hello), 200);
    EXPECT_LT(Clock::now() - start, milliseconds(2000));
    server.stop();
    EXPECT_TRUE(idle.back().is_closed_within(milliseconds(1000)));
}

TEST(Robustness, connections_above_the_cap_are_told_503) {
    ServerOptions options = quick_options();
    options.most_connections = 3;
    RunningServer server(options);
    std::list<RawClient> kept;
    for (int i = 0; i < 3; ++i) {
        kept.emplace_back(server.port());
        kept.back().send(hello);
        EXPECT_EQ(kept.back().answer()->status, 200);
    }
    EXPECT_EQ(status_of(server.port(), hello), 503);
    kept.back().send(hello);
    EXPECT_EQ(kept.back().answer()->status, 200);
    kept.pop_back();
    EXPECT_TRUE(becomes_true([&] { return status_of(server.port(), hello) == 200; }));
}

TEST(Robustness, more_slow_answers_than_workers_do_not_stop_reading) {
    ServerOptions options = quick_options();
    options.workers = 2;
    RunningServer server(options);
    std::list<RawClient> slow;
    for (int i = 0; i < 4; ++i) {
        slow.emplace_back(server.port());
        slow.back().send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    EXPECT_EQ(status_of(server.port(), "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), 405);
    for (RawClient& client : slow)
        EXPECT_EQ(client.answer()->status, 200);
}

}  // namespace
}  // namespace optimat
