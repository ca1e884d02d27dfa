// deploy/haproxy.cfg as it stands, in a real HAProxy before a real server.

#include "proxy.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

#include <gmock/gmock.h>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string get(const std::string& path, const std::string& fields = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n";
}

class ProxyTest : public testing::Test {
  protected:
    static ServerOptions options() {
        ServerOptions behind = quick_options();
        behind.behind_proxy = true;
        behind.idle_deadline = std::chrono::seconds(60);
        return behind;
    }
    // Asks until the answer begins so, for the health checks take their time.
    std::string ask_until(const std::string& request, const std::string& start) const {
        std::string answer;
        for (int attempt = 0; attempt < 60 && !answer.starts_with(start); ++attempt) {
            if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
            answer = m_proxy.ask_over_tls(request);
        }
        return answer;
    }

    RunningServer m_first{options()}, m_second{options()};
    Proxy m_proxy{m_first.port(), m_second.port()};
};

TEST_F(ProxyTest, plain_requests_are_sent_to_tls) {
    const auto answer = ask(m_proxy.plain_port(), get("/hello?a=1"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 308);
    EXPECT_EQ(answer->field("location"), "https://localhost/hello?a=1");
    EXPECT_EQ(m_first.application().m_hello + m_second.application().m_hello, 0);
}

TEST_F(ProxyTest, tls_answers_and_asks_browsers_to_stay_with_it) {
    const std::string answer = m_proxy.ask_over_tls(get("/hello"));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK"));
    EXPECT_THAT(answer, HasSubstr("\r\n\r\nhello"));
    EXPECT_THAT(answer, HasSubstr("strict-transport-security: max-age=31536000"));
    EXPECT_EQ(m_proxy.ask_over_tls(get("/hello"), "-tls1_1"), "") << "old versions are refused";
    EXPECT_THAT(m_proxy.ask_over_tls(get("/hello"), "-tls1_2"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ProxyTest, what_a_client_says_of_itself_is_replaced) {
    const std::string lies =
        "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7\r\nX-Forwarded-Proto: http\r\n"
        "X-Forwarded-Host: evil.example\r\nForwarded: for=6.6.6.6\r\n";
    EXPECT_THAT(m_proxy.ask_over_tls(get("/peer", lies)), HasSubstr("\r\n\r\n127.0.0.1 secure"));
    const std::string seen = m_proxy.ask_over_tls(get("/headers", lies));
    EXPECT_THAT(seen, HasSubstr("x-forwarded-for=127.0.0.1\n"));
    EXPECT_THAT(seen, HasSubstr("x-forwarded-proto=https\n"));
    for (const char* lie : {"6.6.6.6", "7.7.7.7", "evil", "x-forwarded-proto=http\n"})
        EXPECT_THAT(seen, Not(HasSubstr(lie))) << lie;
}

TEST_F(ProxyTest, metrics_are_not_for_outside) {
    EXPECT_THAT(m_proxy.ask_over_tls(get("/metrics")), StartsWith("HTTP/1.1 404"));
    EXPECT_THAT(m_proxy.ask_over_tls(get("/METRICS/x")), StartsWith("HTTP/1.1 404"));
}

TEST_F(ProxyTest, one_of_two_is_enough_and_none_is_503) {
    m_first.application().m_is_healthy = false;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const int before = m_first.application().m_hello;
    for (int i = 0; i < 5; ++i)
        EXPECT_THAT(m_proxy.ask_over_tls(get("/hello")), StartsWith("HTTP/1.1 200"));
    EXPECT_EQ(m_first.application().m_hello, before) << "whose health check fails gets no requests";
    m_second.stop();
    const std::string none = ask_until(get("/hello"), "HTTP/1.1 503");
    EXPECT_THAT(none, StartsWith("HTTP/1.1 503"));
    EXPECT_THAT(none, HasSubstr("strict-transport-security"));
    m_first.application().m_is_healthy = true;
    EXPECT_THAT(ask_until(get("/hello"), "HTTP/1.1 200"), StartsWith("HTTP/1.1 200"));
}

}  // namespace
}  // namespace optimat
