#pragma once

// Random choices that come out alike on every machine: the standard fixes the generator's numbers, but not
// those of its distributions. Nor does the language fix the order of two draws in one call or on two sides of
// an operator: only braces do, or a line for each.

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace optimat::reference {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : m_generator(seed) {}

    /// A number from `least` to `most`, both included.
    long between(long least, long most) {
        return least + static_cast<long>(m_generator() % static_cast<std::uint64_t>(most - least + 1));
    }

    bool chance(long percent) { return between(1, 100) <= percent; }

    template <typename T> T one_of(const std::vector<T>& choices) {
        return choices[static_cast<std::size_t>(between(0, static_cast<long>(choices.size()) - 1))];
    }

    template <typename T> void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[static_cast<std::size_t>(between(0, static_cast<long>(i) - 1))]);
    }

  private:
    std::mt19937_64 m_generator;
};

}  // namespace optimat::reference
