#pragma once
// Chance that is the same on every machine: whole numbers only, no distribution of the standard library
// (theirs differ between implementations) and no function whose last digit depends on a mathematics library.
// Generator: SplitMix64 (Steele, Lea, Flood 2014). A client's stream follows from the seed and the client's
// number alone, so that clients can be made in any order.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace optimat::synth {

/// Mixes 64 bits so that neighbouring numbers become unrelated ones. One to one.
constexpr std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ull;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebull;
    return value ^ (value >> 31);
}

class Random {
  public:
    constexpr Random(std::uint64_t seed, std::uint64_t stream)
        : m_state(mixed(seed + 0x632be59bd9b4e019ull) ^ mixed(~stream)) {}

    constexpr std::uint32_t bits() {
        m_state += 0x9e3779b97f4a7c15ull;
        return static_cast<std::uint32_t>(mixed(m_state) >> 32);
    }
    /// 0 to count − 1; count is above 0.
    constexpr int below(int count) {
        return static_cast<int>((std::uint64_t{bits()} * static_cast<std::uint32_t>(count)) >> 32);
    }
    /// lowest to highest, both inclusive; lowest when highest is less.
    constexpr int between(int lowest, int highest) {
        return highest <= lowest ? lowest : lowest + below(highest - lowest + 1);
    }
    /// True `numerator` times in `denominator`.
    constexpr bool chance(int numerator, int denominator) { return below(denominator) < numerator; }
    constexpr bool percent(int value) { return chance(value, 100); }

    /// A place of `weights` with a chance in proportion to its weight; 0 when all weights are 0.
    template <class Weight> constexpr std::size_t weighted(std::span<const Weight> weights) {
        int total = 0;
        for (const Weight weight : weights)
            total += weight;
        if (total == 0) return 0;
        int left = below(total);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            left -= weights[i];
            if (left < 0) return i;
        }
        return weights.size() - 1;
    }

    /// A memoryless wait with about this mean: 0, 1, 2, … Whole halvings, then a straight line within the
    /// halving in place of the exponential curve, which no reader of a calendar can tell apart.
    constexpr int wait(int mean) {
        int halvings = 0;
        while (halvings < 20 && (bits() & 1u) == 0)
            ++halvings;
        std::uint32_t part = bits() >> 22;  // 0 to 1023
        while ((bits() >> 21) < part)
            part = bits() >> 22;  // accepted 1 − part/2048
        return static_cast<int>((std::int64_t{halvings} * 1024 + part) * mean * 710 / (1024 * 1024));
    }

    /// Puts the values in an order of chance.
    template <class Value> constexpr void shuffle(std::span<Value> values) {
        for (std::size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[static_cast<std::size_t>(below(static_cast<int>(i)))]);
    }

  private:
    std::uint64_t m_state;
};

}  // namespace optimat::synth
