#include "base/parallel.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <stdexcept>
#include <vector>

namespace optimat {
namespace {

TEST(Parallel, every_piece_is_done_once_whatever_the_threads) {
    for (const unsigned threads : {0u, 1u, 2u, 7u, 64u}) {
        for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{5}, std::size_t{1000}}) {
            std::vector<std::atomic<int>> done(count);
            for_each_piece(count, {threads}, [&](std::size_t i, unsigned worker) {
                EXPECT_LT(worker, std::max(1u, threads));
                ++done[i];
            });
            for (const auto& times : done)
                EXPECT_EQ(times, 1);
        }
    }
}

TEST(Parallel, the_first_exception_stops_the_rest_and_arrives) {
    std::atomic<std::size_t> done = 0;
    EXPECT_THROW(for_each_piece(1'000'000, {4},
                                [&](std::size_t i, unsigned) {
                                    if (i == 100) throw std::runtime_error("stop");
                                    ++done;
                                }),
                 std::runtime_error);
    EXPECT_LT(done, 1'000'000u);
}

TEST(Parallel, the_machine_has_a_thread) { EXPECT_GE(ThreadCount::of_machine().number, 1u); }

}  // namespace
}  // namespace optimat
