// Bodies that are taken piece by piece: whole or undone, whatever happens on the way.

#include "raw_client.hpp"
#include "running_server.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <random>

namespace optimat {
namespace {

using std::chrono::milliseconds;

template <class Condition> bool becomes_true(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(3);
    while (std::chrono::steady_clock::now() < until) {
        if (condition()) return true;
        std::this_thread::sleep_for(milliseconds(5));
    }
    return false;
}

// The most memory that this program has held so far, in KiB.
long peak_memory() {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word)
        if (word == "VmHWM:") {
            long kib = 0;
            status >> kib;
            return kib;
        }
    return 0;
}

std::string noise(std::size_t size) {
    std::mt19937_64 dice(5);
    std::string text(size, '\0');
    for (char& c : text)
        c = static_cast<char>(dice() & 0xff);
    return text;
}

TEST(Upload, two_hundred_megabytes_arrive_byte_for_byte_in_little_memory) {
    RunningServer server;
    constexpr std::uint64_t pieces = 200;
    std::string piece = noise(1 << 20);
    std::uint64_t sum = 0;
    RawClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(pieces << 20) +
                "\r\n\r\n");
    const long before = peak_memory();
    for (std::uint64_t i = 0; i < pieces; ++i) {
        piece[i] = static_cast<char>(i);
        ASSERT_TRUE(client.send(piece));
        sum = running_sum(sum, piece);
    }
    EXPECT_EQ(client.answer()->body, "taken");
    EXPECT_EQ(server.application().m_taken, pieces << 20);
    EXPECT_EQ(server.application().m_sum, sum);
    EXPECT_LT(peak_memory() - before, 32 * 1024) << "KiB";
}

TEST(Upload, chunks_of_any_size_arrive_byte_for_byte) {
    RunningServer server;
    std::mt19937 dice(9);
    const std::string bytes = noise(3'000'000);
    RawClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (std::size_t at = 0; at < bytes.size();) {
        const std::string chunk = bytes.substr(at, 1 + dice() % 200'000);
        char size[20];
        std::snprintf(size, sizeof size, "%zx\r\n", chunk.size());
        client.send(size + chunk + "\r\n");
        at += chunk.size();
    }
    client.send("0\r\nTrailer: ignored\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.answer()->body, "taken");
    EXPECT_EQ(server.application().m_sum, running_sum(0, bytes));
    EXPECT_EQ(client.answer()->body, "hello") << "the connection goes on";
}

TEST(Upload, a_broken_connection_undoes_what_was_taken) {
    RunningServer server;
    for (const bool is_abrupt : {false, true}) {
        const int undone = server.application().m_undone;
        RawClient client(server.port());
        client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" +
                    std::string(300'000, 'x'));
        EXPECT_TRUE(becomes_true([&] { return server.application().m_taken > 0; }));
        if (is_abrupt)
            client.reset();
        else
            client.finish_sending();
        EXPECT_TRUE(becomes_true([&] { return server.application().m_undone == undone + 1; }));
    }
    EXPECT_EQ(server.application().m_finished, 0);
    EXPECT_TRUE(becomes_true([&] { return server.server().connections() == 0; }));
}

TEST(Upload, an_error_of_the_sink_is_answered_before_the_body_has_come) {
    RunningServer server;
    RawClient refused(server.port());
    refused.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nrefuse");
    EXPECT_EQ(refused.answer()->status, 400);
    RawClient broken(server.port());
    broken.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nbreak");
    const auto answer = broken.answer();
    EXPECT_EQ(answer->status, 500);
    EXPECT_EQ(answer->body.find("secret"), std::string::npos);
    EXPECT_EQ(answer->field("connection"), "close");
    EXPECT_TRUE(becomes_true([&] { return server.application().m_undone == 2; }));
}

}  // namespace
}  // namespace optimat
