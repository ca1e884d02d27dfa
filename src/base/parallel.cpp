#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace optimat {

ThreadCount ThreadCount::of_machine() { return {std::max(1u, std::thread::hardware_concurrency())}; }

void for_each_piece(std::size_t count, ThreadCount threads,
                    const std::function<void(std::size_t, unsigned)>& piece) {
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::mutex failure_mutex;
    const auto work = [&](unsigned worker) {
        try {
            for (std::size_t i = next++; i < count; i = next++)
                piece(i, worker);
        } catch (...) {
            next = count;
            const std::scoped_lock lock(failure_mutex);
            if (!failure) failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        const auto wanted =
            static_cast<unsigned>(std::min<std::size_t>(threads.number, std::max<std::size_t>(count, 1)));
        for (unsigned worker = 1; worker < wanted; ++worker)
            others.emplace_back(work, worker);
        work(0);
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace optimat
