#include "http/log.hpp"

#include "base/error.hpp"
#include "base/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <set>
#include <thread>
#include <type_traits>

namespace optimat {
namespace {

// A route's name cannot be made of text that is known at run time only.
static_assert(!std::is_constructible_v<RouteName, std::string>);
static_assert(!std::is_constructible_v<RouteName, std::string_view>);

TEST(Log, a_line_tells_what_is_known_and_no_more) {
    const std::chrono::system_clock::time_point moment{std::chrono::milliseconds(1700000000123)};
    EXPECT_EQ(json_of({}, moment, 7),
              R"({"time":"2023-11-14T22:13:20.123Z","level":"info","event":"request","process":7})");
    LogLine line;
    line.level = LogLevel::warning;
    line.route = "service_page";
    line.method = Method::get;
    line.status = 503;
    line.took = std::chrono::microseconds(12345);
    EXPECT_EQ(
        json_of(line, moment, 7),
        R"({"time":"2023-11-14T22:13:20.123Z","level":"warning","event":"request","route":"service_page",)"
        R"("method":"GET","status":503,"milliseconds":12.3,"process":7})");
    LogLine odd;
    odd.route = "a\"b\\c\nd";
    EXPECT_NE(json_of(odd, moment, 7).find(R"("route":"a\"b\\c\u000ad")"), std::string::npos);
}

TEST(Log, request_ids_differ) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const RequestId id = RequestId::make();
        EXPECT_EQ(id.text().find_first_not_of("0123456789abcdef"), std::string_view::npos);
        EXPECT_TRUE(seen.emplace(id.text()).second);
    }
}

TEST(Log, lines_of_several_threads_stay_whole_and_are_added) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.write("log", "before\n");
    {
        Log log(file);
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&log] {
                for (int line = 0; line < 100; ++line)
                    log.write({.route = "home"});
            });
    }
    std::ifstream text(file);
    std::string line;
    std::getline(text, line);
    EXPECT_EQ(line, "before");
    int count = 0;
    for (; std::getline(text, line); ++count) {
        EXPECT_TRUE(line.starts_with("{\"time\":")) << line;
        EXPECT_TRUE(line.ends_with("}")) << line;
    }
    EXPECT_EQ(count, 400);
    EXPECT_THROW(Log(folder.path() / "log" / "below"), OutputError);
}

}  // namespace
}  // namespace optimat
