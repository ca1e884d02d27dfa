// A server that stops answers what it has been asked, closes what is idle, and cuts what takes too long.

#include "raw_client.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

TEST(Stopping, a_slow_answer_is_still_given_and_idle_connections_close_at_once) {
    RunningServer server;
    RawClient idle(server.port()), slow(server.port());
    slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(milliseconds(100));
    server.server().stop();
    EXPECT_TRUE(idle.is_closed_within(milliseconds(200)));
    const auto answer = slow.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->field("connection"), "close");
    const auto start = Clock::now();
    server.stop();
    EXPECT_LT(Clock::now() - start, milliseconds(500));
    EXPECT_THROW(RawClient(server.port()), std::runtime_error);
}

TEST(Stopping, what_hangs_is_cut_at_the_drain_deadline) {
    ServerOptions options = quick_options();
    options.body_deadline = std::chrono::seconds(30);
    options.drain_deadline = milliseconds(500);
    RunningServer server(options);
    RawClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    std::this_thread::sleep_for(milliseconds(100));
    const auto start = Clock::now();
    server.stop();
    EXPECT_GT(Clock::now() - start, milliseconds(400));
    EXPECT_LT(Clock::now() - start, milliseconds(1500));
    EXPECT_EQ(server.application().m_undone, 1);
}

TEST(Stopping, without_any_connection_it_ends_at_once_and_twice_does_no_harm) {
    RunningServer server;
    const auto start = Clock::now();
    server.server().stop();
    server.stop();
    EXPECT_LT(Clock::now() - start, milliseconds(500));
}

TEST(Stopping, a_server_that_never_ran_can_go) {
    ShowingApplication application;
    Server server(quick_options(), application);
    RawClient waiting(server.port());
    server.stop();
}

}  // namespace
}  // namespace optimat
