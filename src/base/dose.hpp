#pragma once
// Doses in whole micrograms. Sums, differences and comparisons of doses are exact.

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace optimat {

/// A dose in whole micrograms (1 mg = 1,000 µg). 64 bits: a sum of any number of prescriptions fits.
struct Micrograms {
    std::int64_t number{};
    friend constexpr auto operator<=>(Micrograms, Micrograms) = default;
    friend constexpr Micrograms operator+(Micrograms a, Micrograms b) { return {a.number + b.number}; }
    friend constexpr Micrograms operator-(Micrograms a, Micrograms b) { return {a.number - b.number}; }
};

constexpr Micrograms milligrams(std::int64_t mg) { return Micrograms{mg * 1000}; }

/// The largest dose that a file can record, 1 kg. Anything above is not readable as a dose.
constexpr Micrograms largest_dose = milligrams(1'000'000);

/// A recorded dose (0 to largest_dose) or "not recorded", in four bytes, for columns.
class OptionalDose {
  public:
    constexpr OptionalDose() = default;
    constexpr explicit OptionalDose(Micrograms dose) : m_number(static_cast<std::int32_t>(dose.number)) {}
    constexpr bool has_value() const { return m_number != missing; }
    constexpr explicit operator bool() const { return has_value(); }
    /// The dose. Only when has_value().
    constexpr Micrograms operator*() const { return Micrograms{m_number}; }
    friend constexpr bool operator==(OptionalDose, OptionalDose) = default;

  private:
    static constexpr std::int32_t missing = std::numeric_limits<std::int32_t>::min();
    std::int32_t m_number = missing;
};
static_assert(sizeof(OptionalDose) == 4);

/// A decimal number of milligrams as micrograms, exact, rounded half up to whole micrograms: digits, at most
/// one point, an optional sign, an optional exponent (`1.5e1`). Nothing when it is no number or beyond ±
/// largest_dose.
std::optional<Micrograms> parse_milligrams(std::string_view text);

/// A decimal number scaled to whole millionths, exact, rounded half up, for products such as ml × mg/ml.
/// Nothing when it is no number or its size exceeds one million million.
std::optional<std::int64_t> parse_millionths(std::string_view text);

/// The shortest decimal in milligrams: 60, 9.9, 0.4.
std::string milligram_text(Micrograms dose);

}  // namespace optimat
