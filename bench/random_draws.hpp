// The only source of chance of the generated extract: the same draws on every machine and compiler.
#pragma once

#include <cstdint>

namespace optimat::bench {

// SplitMix64. The standard library's distributions differ between implementations; these whole numbers do
// not.
class Random {
  public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next() {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    // Both ends inclusive; high - low below 2^31.
    int between(int low, int high) {
        return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    // True in per_thousand of a thousand draws.
    bool chance(int per_thousand) { return between(1, 1000) <= per_thousand; }

  private:
    std::uint64_t m_state;
};

}  // namespace optimat::bench
